namespace AutoDiffLsr.Training;

/// <summary>The loss, or a weight, became NaN or infinite in training, or the loss grew far above that of the untrained model. The model's weights are those of the last good epoch again.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string what, int epoch, int batch, double learningRate, string kept, Exception? cause)
        : base(FormattableString.Invariant(
            $"{what} in epoch {epoch}, batch {batch}, at learning rate {learningRate:R}. Most likely the learning rate is too high: try a tenth of it, or clip the gradient. {kept}"), cause)
    {
        (Epoch, Batch, LearningRate) = (epoch, batch, learningRate);
    }

    /// <summary>Where, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>Where in the epoch, counted from 1.</summary>
    public int Batch { get; }

    /// <summary>The learning rate then.</summary>
    public double LearningRate { get; }
}
