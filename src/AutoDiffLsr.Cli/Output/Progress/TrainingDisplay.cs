namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>Chooses the display that fits where it is seen.</summary>
internal static class TrainingDisplay
{
    /// <param name="messages">Where words go.</param>
    /// <param name="epochs">How many there will be.</param>
    /// <param name="score">How scores are written.</param>
    public static ITrainingDisplay For(Messages messages, int epochs, ScoreText score) =>
        messages.Screen is { } screen ? new LiveTrainingDisplay(screen, epochs, score) : new PlainTrainingDisplay(messages, epochs, score);
}
