using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A cell of a comparison as text can hold it.</summary>
/// <param name="Kind">Which loss.</param>
/// <param name="Form">See <see cref="LossSettings"/>; so are the next three.</param>
/// <param name="Smoothing">ξ.</param>
/// <param name="Phi0">φ0.</param>
/// <param name="Phi1">φ1, or null.</param>
/// <param name="Learned">A learned loss, as its file has it; null for others.</param>
/// <param name="LabelNoise">The share of wrong training labels.</param>
/// <param name="HasPicture">Whether features are drawn.</param>
internal sealed record ComparisonWork(LossKind Kind, SparseLsrForm Form, double Smoothing, double Phi0, double? Phi1, string? Learned, double LabelNoise, long Seed, bool HasPicture)
{
    public static ComparisonWork Of(ComparisonPlan plan, ComparisonCell cell)
    {
        LossSettings loss = cell.Variant.Settings;
        return new(
            loss.Kind, loss.Form, loss.Smoothing, loss.Phi0, loss.Phi1, loss.LearnedText(), cell.LabelNoise, cell.Seed,
            HasPicture: cell.Seed == plan.Seeds[0] && cell.LabelNoise == plan.LabelNoises[0]);
    }

    public LossSettings Loss() => Learned is null ? new LossSettings(Kind, Form, Smoothing, Phi0, Phi1) : LossSettings.FromText(Learned);
}
