namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>Work in the Python process.</summary>
internal sealed class PyTorchContender : IContender
{
    private readonly PyTorchProcess process;

    public PyTorchContender(PyTorchProcess process, object work)
    {
        this.process = process;
        process.Make(work);
    }

    public double Run(int calls) => process.Time(calls);
}
