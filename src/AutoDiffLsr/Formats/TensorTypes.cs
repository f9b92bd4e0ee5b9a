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

    public static int Size(this TensorType type) => type switch
    {
        TensorType.F16 or TensorType.BF16 => sizeof(ushort),
        TensorType.F32 => sizeof(float),
        _ => sizeof(double),
    };

    /// <summary>Whether every number of one type is a number of the other.</summary>
    public static bool Widens(TensorType from, TensorType to) => (from, to) is
        (TensorType.F16 or TensorType.BF16, TensorType.F32 or TensorType.F64) or (TensorType.F32, TensorType.F64);

    public static bool TryParse(string name, out TensorType type)
    {
        (bool known, type) = name switch
        {
            "F32" => (true, TensorType.F32),
            "F16" => (true, TensorType.F16),
            "BF16" => (true, TensorType.BF16),
            "F64" => (true, TensorType.F64),
            "I64" => (true, TensorType.I64),
            "U64" => (true, TensorType.U64),
            _ => (false, default),
        };
        return known;
    }
}
