using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Which losses are compared.</summary>
internal sealed class LossVariantOptions : IOptionGroup
{
    private static readonly (string Name, LossKind Kind, SparseLsrForm Form)[] Known =
    [
        ("ce", LossKind.CrossEntropy, SparseLsrForm.Equation),
        ("lsr", LossKind.LabelSmoothing, SparseLsrForm.Equation),
        ("sparse-lsr", LossKind.SparseLabelSmoothing, SparseLsrForm.Equation),
        ("sparse-lsr:as-published", LossKind.SparseLabelSmoothing, SparseLsrForm.AsPublished),
        ("ace", LossKind.AbsoluteCrossEntropy, SparseLsrForm.Equation),
    ];

    private readonly InputOption<IReadOnlyList<string>> losses = new("--losses")
    {
        Description = $"The losses, with commas between them, of {string.Join(", ", Known.Select(known => known.Name))}, or files of learned ones; differences are from the first. (default: ce,lsr,sparse-lsr)",
        HelpName = "LOSS,LOSS,...",
        DefaultValueFactory = _ => ["ce", "lsr", "sparse-lsr"],
        CustomParser = Parse,
    };

    private readonly Option<IReadOnlyList<double>> smoothing = NumberListOption.Reals(
        "--smoothing", "The smoothings; each loss but ce is trained with each", Interval.Closed(0, 1), [0.1]);

    /// <inheritdoc/>
    public string Title => "Losses";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [losses, smoothing];

    /// <summary>The losses with their smoothings, loss by loss.</summary>
    public IReadOnlyList<LossVariant> Read(ParseResult result) =>
    [
        .. from name in result.GetRequiredValue(losses)
           from settings in LearnedLossFile.IsFileName(name) ? [LossSettings.FromFile("--losses", name, classesOnly: true)] : Smoothed(Known.First(known => known.Name == name), result)
           select new LossVariant(settings),
    ];

    private IEnumerable<LossSettings> Smoothed((string Name, LossKind Kind, SparseLsrForm Form) known, ParseResult result) =>
        (known.Kind == LossKind.CrossEntropy ? [0] : result.GetRequiredValue(smoothing)).Select(value => new LossSettings(known.Kind, known.Form, value, 1, null));

    private static List<string> Parse(ArgumentResult result)
    {
        List<string> names = [];
        foreach (string given in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            string name = Known.Select(known => known.Name).FirstOrDefault(known => string.Equals(known, given, StringComparison.OrdinalIgnoreCase)) ?? given;
            if (!LearnedLossFile.IsFileName(name) && !Known.Any(known => known.Name == name))
            {
                string[] valid = [.. Known.Select(known => known.Name)];
                result.AddError($"--losses has '{name}'{Spelling.Suggest(name, valid)}: choose from {string.Join(", ", valid)}");
                return names;
            }

            if (!names.Contains(name))
                names.Add(name);
        }

        return names;
    }
}
