using MathNet.Numerics.Providers.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// Gives this engine's matrix product to every MathNet user in the process: <c>A * B</c>, <c>Multiply</c>, <c>TransposeThisAndMultiply</c> and
/// <c>TransposeAndMultiply</c> of dense float and double matrices. Everything else stays with the provider that was installed before. The engine
/// itself does not need it.
/// </summary>
/// <example><code>using (AutoDiffLsrProvider.Use()) { Matrix&lt;float&gt; c = a * b; }</code></example>
public static class AutoDiffLsrProvider
{
    private static readonly Lock Gate = new();

    /// <summary>Whether MathNet uses this engine's product now.</summary>
    public static bool IsInstalled => LinearAlgebraControl.Provider is GemmProvider;

    /// <summary>Installs the product as MathNet's linear algebra provider, for the whole process. Does nothing where it is installed already.</summary>
    /// <param name="replaceNative">Whether to take the products even from a native provider, such as MKL, that the user has installed.</param>
    /// <returns>Restores what this call replaced when disposed; need not be kept.</returns>
    /// <exception cref="InvalidOperationException">Another provider than MathNet's managed one is installed and <paramref name="replaceNative"/> is false.</exception>
    public static IDisposable Use(bool replaceNative = false)
    {
        lock (Gate)
        {
            ILinearAlgebraProvider installed = LinearAlgebraControl.Provider;
            if (installed is GemmProvider)
                return new Installation(null);
            if (installed is not ManagedLinearAlgebraProvider && !replaceNative)
                throw new InvalidOperationException(
                    $"MathNet uses the provider {installed}, which somebody chose; it stays. Use(replaceNative: true) takes the products from it.");
            var ours = new GemmProvider(installed);
            LinearAlgebraControl.Provider = ours;
            return new Installation(ours);
        }
    }

    /// <summary>Gives MathNet back the provider that <see cref="Use"/> replaced.</summary>
    /// <returns>False where another provider is installed by now; that one stays.</returns>
    public static bool Restore()
    {
        lock (Gate)
            return LinearAlgebraControl.Provider is GemmProvider ours && Restore(ours);
    }

    private static bool Restore(GemmProvider ours)
    {
        LinearAlgebraControl.Provider = ours.Inner;
        return true;
    }

    private sealed class Installation(GemmProvider? ours) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
            {
                if (ours is not null && ReferenceEquals(LinearAlgebraControl.Provider, ours))
                    Restore(ours);
            }
        }
    }
}
