using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.Mutants;
using AutoDiffLsr.SelfCheck.Nets;
using AutoDiffLsr.SelfCheck.Programs;
using AutoDiffLsr.SelfCheck.Table;


namespace AutoDiffLsr.SelfCheck;

/// <summary>The engine under its own checker: every operation, loss and layer, random programs and nets, and errors planted on purpose.</summary>
public static class EngineCheck
{
    /// <summary>The name of all rows together.</summary>
    public const string Everything = "all";

    private const string Operations = "operations", Losses = "losses", Layers = "layers", Programs = "programs", Nets = "nets";

    private static readonly TableLine[] Composed =
    [
        new(LineKind.Operation, Programs, [], new ProgramGenerator(OperationTable.Lines).Programs(), new CheckOptions()),
        new(LineKind.Layer, Nets, [], NetGenerator.Nets(), new CheckOptions()),
    ];

    /// <summary>What can be asked for: groups first, then each row.</summary>
    public static IReadOnlyList<string> Names { get; } = [Everything, Operations, Losses, Layers, Programs, Nets, .. EngineTable.Lines.Select(line => line.Name)];

    /// <summary>Checks.</summary>
    /// <param name="options">What and how long.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">There is no operation of that name.</exception>
    public static EngineCheckReport Run(EngineCheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CaseStatistics[] rows = [.. Select(options.Operation).Select(line => Run(line, options))];
        return new(options.Seed, rows, options.Mutants ? [.. Catalogue.All.Select(mutant => MutantRunner.Run(mutant, options.Seed))] : null);
    }

    private static CaseStatistics Run(TableLine line, EngineCheckOptions options) => new CaseRunner(line.Name, line.Cases, line.Options with { Order = options.Order }).Run(
        options.Cases, options.Seed, (seed, cases) => $"autodiff-lsr gradcheck --operation {line.Name} --order {options.Order} --seed {seed} --cases {cases}");

    private static TableLine[] Select(string name) => name switch
    {
        Everything => [.. EngineTable.Lines, .. Composed],
        Operations => Of(LineKind.Operation),
        Losses => Of(LineKind.Loss),
        Layers => Of(LineKind.Layer),
        _ => EngineTable.Lines.Concat(Composed).Where(line => line.Name == name).ToArray() is { Length: > 0 } found
            ? found
            : throw new ArgumentException($"There is no operation '{name}' to check: choose one of {string.Join(", ", Names)}.", nameof(name)),
    };

    private static TableLine[] Of(LineKind kind) => [.. EngineTable.Lines.Where(line => line.Kind == kind)];
}
