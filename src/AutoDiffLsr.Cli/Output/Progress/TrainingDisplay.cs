namespace AutoDiffLsr.Cli.Output.Progress;

/// <summary>Chooses the display that fits where it is seen.</summary>
internal static class TrainingDisplay
{
    /// <param name="messages">Where words go.</param>
    /// <param name="epochs">How many there will be.</param>
    /// <param name="score">How scores are written.</param>
    /// <param name="doneBefore">The share that an earlier process has done.</param>
    public static ITrainingDisplay For(Messages messages, int epochs, ScoreText score, double doneBefore) =>
        messages.Screen is { } screen ? new LiveTrainingDisplay(screen, epochs, score, doneBefore) : new PlainTrainingDisplay(messages, epochs, score);
}
