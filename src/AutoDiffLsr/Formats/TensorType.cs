namespace AutoDiffLsr.Formats;

/// <summary>The type of a tensor's elements in a safetensors file, little-endian.</summary>
public enum TensorType
{
    /// <summary>32-bit floating point, <see cref="float"/>.</summary>
    F32,

    /// <summary>64-bit floating point, <see cref="double"/>.</summary>
    F64,

    /// <summary>16-bit floating point of IEEE 754, <see cref="Half"/>: read as float or double, never written.</summary>
    F16,

    /// <summary>16-bit brain floating point, the upper half of a <see cref="float"/>: read as float or double, never written.</summary>
    BF16,

    /// <summary>64-bit signed whole number, <see cref="long"/>: PyTorch's counters.</summary>
    I64,

    /// <summary>64-bit unsigned whole number, <see cref="ulong"/>: random states.</summary>
    U64,
}
