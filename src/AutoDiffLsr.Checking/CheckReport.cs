using System.Text;
using AutoDiffLsr.Checking.Checks;

namespace AutoDiffLsr.Checking;

/// <summary>What a gradient check found. Its text says which check failed, for which entry of which input, both values, and how to run it again.</summary>
public sealed class CheckReport
{
    private readonly CheckOptions options;
    private readonly IReadOnlyList<Slot> slots;
    private readonly double[][] at;

    internal CheckReport(string function, IReadOnlyList<CheckResult> results, CheckOptions options, IReadOnlyList<Slot> slots, double[][] at)
    {
        (Function, Results, this.options, this.slots, this.at) = (function, results, options, slots, at);
    }

    /// <summary>What was checked.</summary>
    public string Function { get; }

    /// <summary>One result for each check, in the order of <see cref="CheckKind"/>; a function that is random or has no gradient is not checked further.</summary>
    public IReadOnlyList<CheckResult> Results { get; }

    /// <summary>The parameters that were checked though nobody named them, because the function takes them from the tape: "weight 3x2".</summary>
    public IReadOnlyList<string> FoundParameters { get; internal init; } = [];

    /// <summary>The seed of all directions and cotangents.</summary>
    public long Seed => options.Seed;

    /// <summary>The worst outcome.</summary>
    public CheckOutcome Outcome => Results.Count == 0 ? CheckOutcome.Passed : Results.Max(result => result.Outcome);

    /// <summary>Whether nothing failed and nothing was inconclusive.</summary>
    public bool Passed => Outcome <= CheckOutcome.Kink;

    /// <summary>The largest difference found, in units of its tolerance.</summary>
    public double Worst => Results.Count == 0 ? 0 : Results.Max(result => result.Ratio);

    /// <summary>Whether the point was on a kink.</summary>
    public bool MetKink => Results.Any(result => result.MetKink);

    /// <summary>Throws unless the check passed: for tests.</summary>
    /// <exception cref="GradientCheckException">Something failed or was inconclusive; the message is the report.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
            throw new GradientCheckException(this);
    }

    /// <summary>The result of one check.</summary>
    /// <param name="kind">Which.</param>
    /// <returns>The result, or null if the check was left out or not reached.</returns>
    public CheckResult? Of(CheckKind kind) => Results.FirstOrDefault(result => result.Kind == kind);

    /// <summary>One line if all is right; else what is wrong and how to see it again.</summary>
    public override string ToString()
    {
        if (Passed)
            return $"{Function}: passed {Results.Count} checks{(MetKink ? ", on a kink" : "")}; worst difference {Worst:G2} of its tolerance{Found("; ")}";
        CheckResult[] problems = [.. Results.Where(result => result.Outcome > CheckOutcome.Kink).OrderByDescending(result => result.Outcome)];
        StringBuilder text = new($"{Function}: {Headline(problems[0])} ({problems.Length} of {Results.Count} checks)");
        foreach (CheckResult problem in problems)
            text.Append($"\n  {problem.Kind} {(problem.Outcome == CheckOutcome.Failed ? "failed" : "is inconclusive")}\n    {problem.Detail.ReplaceLineEndings("\n    ")}");
        text.Append("\n  at");
        for (int s = 0; s < slots.Count; s++)
            text.Append($"\n    {slots[s].Name} = {slots[s].Text(at[s])}");
        text.Append(Found("\n  "));
        return text.Append($"\n  again: the same inputs with new CheckOptions {{ Seed = {Seed}{(options.Order == 1 ? ", Order = 1" : "")} }}").ToString();
    }

    private string Found(string before) => FoundParameters.Count == 0 ? "" : $"{before}with parameters found in the function: {string.Join(", ", FoundParameters)}";

    /// <summary>What the worst problem means for the function, in a few words.</summary>
    private static string Headline(CheckResult worst) => (worst.Outcome, worst.Kind) switch
    {
        (CheckOutcome.Inconclusive, _) => "the check is inconclusive",
        (_, CheckKind.Determinism) => "the function is not deterministic",
        (_, CheckKind.Value) => worst.IsOutsideDomain ? "the function is not finite here" : "the value depends on recording",
        (_, CheckKind.Reference) => "the value is wrong",
        (_, CheckKind.InputsUnchanged) => "an input is overwritten",
        (_, CheckKind.Listing) => "the layer does not list what it uses",
        (_, CheckKind.SinglePrecision) => "float is less accurate than its rounding explains",
        _ => "the gradient is wrong",
    };
}
