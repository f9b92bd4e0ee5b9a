using System.CommandLine;
using System.Net;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Experiments.Cells;

namespace AutoDiffLsr.Cli.Commands.Worker;

/// <summary>Does the work of searches and comparisons that run elsewhere.</summary>
internal sealed class WorkerCommand : ToolCommand
{
    private const int DefaultPort = 11_000;

    private readonly Option<string> listen = new("--listen")
    {
        Description = "The address that callers reach this machine by; for any but loopback, certificates are needed.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<int?> port = NumberOption.OptionalWhole("--port", $"The port for callers (default: {DefaultPort}).", Interval.Closed(1, IPEndPoint.MaxPort));

    private readonly Option<int?> siloPort = NumberOption.OptionalWhole("--silo-port", "The port for other workers (default: the next after --port).", Interval.Closed(1, IPEndPoint.MaxPort));

    private readonly Option<string?> directory = new("--cluster") { Description = "A Redis server where the worker enters its address, so that callers find it (default: callers name it).", HelpName = "redis:HOST:PORT" };

    private readonly Option<int?> threads = NumberOption.OptionalWhole("--threads", "How many pieces of work it does at once (default: one a core).", Interval.Closed(1, 1024));

    private readonly TlsOptions tls = new();

    private readonly Option<bool> quiet = new("--quiet") { Description = "Write nothing but errors." };

    private readonly Func<IReadOnlyList<ICellKind>> kinds;

    /// <summary>The command.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="kinds">What workers can do; made when one starts.</param>
    public WorkerCommand(CommandContext context, Func<IReadOnlyList<ICellKind>> kinds)
        : base(context, "worker", "Does the work of searches and comparisons that are started elsewhere with --cluster, until Ctrl-C.")
    {
        this.kinds = kinds;
        foreach (Option option in new Option[] { listen, port, siloPort, directory, threads })
            Add(option);
        AddGroups(tls);
        Add(quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["autodiff-lsr worker --port 11000 --threads 4"];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        string address = arguments.GetRequiredValue(listen);
        if (!IPAddress.TryParse(address, out IPAddress? number))
            throw new UsageException($"--listen '{address}' is no address: give one of this machine in numbers, such as 127.0.0.1 or 192.168.0.10");
        int callers = arguments.GetValue(port) ?? DefaultPort;
        WorkerPlan plan = new(
            number,
            callers,
            arguments.GetValue(siloPort) ?? (callers < IPEndPoint.MaxPort ? callers + 1 : callers - 1),
            arguments.GetValue(directory),
            arguments.GetValue(threads) ?? Environment.ProcessorCount,
            tls.Read(arguments));
        ClusterGate.RunWorker(plan, kinds(), new Messages(Context.Terminal, false, arguments.GetValue(quiet)), Context.ArmInterruption());
        return ExitCode.Done;
    }
}
