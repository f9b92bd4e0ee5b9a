namespace AutoDiffLsr.Tests.Architecture;

/// <summary>The rooms of docs/architecture.md, and who may know whom.</summary>
internal static class Rooms
{
    /// <summary>The lowest first. A room may know those of lower rows, and none of its own row. A namespace that is not here belongs to the room that its name begins with.</summary>
    public static IReadOnlyList<string[]> Rows { get; } =
    [
        ["AutoDiffLsr.Numerics", "AutoDiffLsr.Files"],
        ["AutoDiffLsr.Autodiff.Memory"],
        ["AutoDiffLsr.Autodiff"],
        ["AutoDiffLsr.Operations"],
        ["AutoDiffLsr.Losses", "AutoDiffLsr.Layers", "AutoDiffLsr.Optimizers"],
        ["AutoDiffLsr.Training"],
        ["AutoDiffLsr.Formats"],
        ["AutoDiffLsr.Experiments.Cells"],
        ["AutoDiffLsr.Data", "AutoDiffLsr.Experiments.Projections", "AutoDiffLsr.Experiments.Search", "AutoDiffLsr.Onnx", "AutoDiffLsr.Checking"],
        ["AutoDiffLsr.Experiments", "AutoDiffLsr.Checking.FsCheck"],
        ["AutoDiffLsr.Cluster"],
        ["AutoDiffLsr.SelfCheck.Nets", "AutoDiffLsr.SelfCheck.OtherCheckers"],
        ["AutoDiffLsr.SelfCheck.Table", "AutoDiffLsr.SelfCheck.Mutants"],
        ["AutoDiffLsr.SelfCheck.Programs"],
        ["AutoDiffLsr.SelfCheck"],
        ["AutoDiffLsr.Cli.Failures", "AutoDiffLsr.Cli.Figures", "AutoDiffLsr.Cli.Output.Progress"],
        ["AutoDiffLsr.Cli.Options"],
        ["AutoDiffLsr.Cli.Output"],
        ["AutoDiffLsr.Cli.Data", "AutoDiffLsr.Cli.Provenance"],
        ["AutoDiffLsr.Cli.Models", "AutoDiffLsr.Cli.Training"],
        ["AutoDiffLsr.Cli.Reports"],
        ["AutoDiffLsr.Cli.Commands"],
        ["AutoDiffLsr.Cli"],
    ];

    /// <summary>The projects, each with those that it may refer to.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = new Dictionary<string, string[]>
    {
        ["AutoDiffLsr"] = [],
        ["AutoDiffLsr.Data"] = ["AutoDiffLsr"],
        ["AutoDiffLsr.Experiments"] = ["AutoDiffLsr"],
        ["AutoDiffLsr.Onnx"] = ["AutoDiffLsr"],
        ["AutoDiffLsr.Checking"] = ["AutoDiffLsr"],
        ["AutoDiffLsr.Checking.FsCheck"] = ["AutoDiffLsr.Checking"],
        ["AutoDiffLsr.SelfCheck"] = ["AutoDiffLsr.Checking.FsCheck"],
        ["AutoDiffLsr.Cluster"] = ["AutoDiffLsr", "AutoDiffLsr.Experiments"],
        ["AutoDiffLsr.Cli"] = ["AutoDiffLsr", "AutoDiffLsr.Data", "AutoDiffLsr.Experiments", "AutoDiffLsr.Onnx", "AutoDiffLsr.SelfCheck", "AutoDiffLsr.Cluster"],
    };

    /// <summary>The room of a namespace or of a qualified name: the longest of the table that it begins with; null for none.</summary>
    public static string? Of(string name) =>
        Rows.SelectMany(row => row).Where(room => name == room || name.StartsWith(room + ".", StringComparison.Ordinal)).MaxBy(room => room.Length);

    public static int RowOf(string room) => Rows.Index().First(row => row.Item.Contains(room)).Index;
}
