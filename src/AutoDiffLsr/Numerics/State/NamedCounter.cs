namespace AutoDiffLsr.Numerics;

/// <summary>A whole number that must be saved and restored: a count of steps, or the state of a <see cref="RandomSource"/>.</summary>
public sealed class NamedCounter
{
    private readonly Func<ulong> read;
    private readonly Action<ulong> write;

    /// <summary>A number that lives elsewhere.</summary>
    /// <param name="name">What it is called in files, such as "random_state".</param>
    /// <param name="read">Reads it where it lives.</param>
    /// <param name="write">Changes it there.</param>
    public NamedCounter(string name, Func<ulong> read, Action<ulong> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        (Name, this.read, this.write) = (name, read, write);
    }

    /// <summary>What it is called in files.</summary>
    public string Name { get; }

    /// <summary>The live number: setting it restores.</summary>
    public ulong Value
    {
        get => read();
        set => write(value);
    }

    /// <summary>The same number under a longer name.</summary>
    /// <param name="prefix">What comes before the name, such as "2.".</param>
    /// <returns>A new name for the same number.</returns>
    internal NamedCounter Under(string prefix) => new(prefix + Name, read, write);
}
