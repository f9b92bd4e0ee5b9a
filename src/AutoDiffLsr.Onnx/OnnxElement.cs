namespace AutoDiffLsr.Onnx;

/// <summary>The numbers that the format gives to element types.</summary>
internal static class OnnxElement
{
    public const int Float = 1;
    public const int Int64 = 7;
    public const int Double = 11;

    public static int Of<T>() => typeof(T) == typeof(float) ? Float : Double;

    public static string Name(int type) => type switch
    {
        Float => "float",
        Double => "double",
        Int64 => "int64",
        10 => "float16",
        16 => "bfloat16",
        _ => FormattableString.Invariant($"type {type}"),
    };
}
