namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>Chooses the display that fits where it is seen.</summary>
internal static class TrainingDisplay
{
    /// <param name="messages">Where words go.</param>
    /// <param name="epochs">How many there will be.</param>
    public static ITrainingDisplay For(Messages messages, int epochs) =>
        messages.Screen is { } screen ? new LiveTrainingDisplay(screen, epochs) : new PlainTrainingDisplay(messages, epochs);
}
