namespace AutoDiffLsr.Formats;

/// <summary>The type of a tensor's elements in a safetensors file, little-endian.</summary>
public enum TensorType
{
    /// <summary>32-bit floating point, <see cref="float"/>.</summary>
    F32,

    /// <summary>64-bit floating point, <see cref="double"/>.</summary>
    F64,

    /// <summary>64-bit signed whole number, <see cref="long"/>: PyTorch's counters.</summary>
    I64,

    /// <summary>64-bit unsigned whole number, <see cref="ulong"/>: random states.</summary>
    U64,
}
