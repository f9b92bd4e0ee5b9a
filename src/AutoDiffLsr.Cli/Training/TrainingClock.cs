using System.Diagnostics;

namespace AutoDiffLsr.Cli.Training;

/// <summary>Tells the time of the steps from that of the evaluations between them.</summary>
internal sealed class TrainingClock
{
    private long last;
    private long samples;

    /// <summary>Seconds in steps.</summary>
    public double Train { get; private set; }

    /// <summary>Seconds in evaluations.</summary>
    public double Evaluate { get; private set; }

    /// <summary>Samples that a second of steps took in; 0 before the first step.</summary>
    public double SamplesPerSecond => samples == 0 ? 0 : samples / Train;

    public void Start() => last = Stopwatch.GetTimestamp();

    public void StartEvaluation() => Start();

    public void AfterBatch(int count)
    {
        samples += count;
        Train += Lap();
    }

    public void AfterEpoch() => Evaluate += Lap();

    public void EndEvaluation() => Evaluate += Lap();

    private double Lap()
    {
        long now = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        return seconds;
    }
}
