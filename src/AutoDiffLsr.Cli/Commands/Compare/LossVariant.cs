using System.Globalization;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>A loss of the comparison.</summary>
/// <param name="Settings">The loss and its smoothing.</param>
internal sealed record LossVariant(LossSettings Settings)
{
    /// <summary>"ce", "sparse-lsr 0.1", "sparse-lsr:as-published 0.1".</summary>
    public string Name => Settings.Kind is LossKind.CrossEntropy or LossKind.Learned
        ? Settings.Name
        : string.Create(CultureInfo.InvariantCulture, $"{Settings.Name} {Settings.Smoothing}");
}
