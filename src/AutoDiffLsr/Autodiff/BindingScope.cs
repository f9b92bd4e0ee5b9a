using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>Ends the binding of parameters to other weights when it is disposed: the value of <see cref="Tape{T}.Bind"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "A scope is never compared.")]
public readonly struct BindingScope<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape;
    private readonly int before;

    internal BindingScope(Tape<T> tape, int before) => (this.tape, this.before) = (tape, before);

    /// <summary>Restores what the parameters stood for before.</summary>
    public void Dispose() => tape?.Unbind(before);
}
