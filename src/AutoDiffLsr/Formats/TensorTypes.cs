namespace AutoDiffLsr.Formats;

/// <summary>What there is to know about the element types.</summary>
internal static class TensorTypes
{
    public static TensorType Of<T>()
        where T : struct =>
        typeof(T) == typeof(float) ? TensorType.F32
        : typeof(T) == typeof(double) ? TensorType.F64
        : typeof(T) == typeof(long) ? TensorType.I64
        : typeof(T) == typeof(ulong) ? TensorType.U64
        : throw new NotSupportedException($"{typeof(T).Name} has no place in a tensor file; float, double, long and ulong have.");

    public static int Size(this TensorType type) => type == TensorType.F32 ? sizeof(float) : sizeof(double);

    public static bool TryParse(string name, out TensorType type)
    {
        (bool known, type) = name switch
        {
            "F32" => (true, TensorType.F32),
            "F64" => (true, TensorType.F64),
            "I64" => (true, TensorType.I64),
            "U64" => (true, TensorType.U64),
            _ => (false, default),
        };
        return known;
    }
}
