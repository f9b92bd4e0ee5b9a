namespace AutoDiffLsr.Experiments;

/// <summary>What a training came to, in the numbers that losses are compared by.</summary>
/// <param name="TestError">The share of wrong predictions on the test part.</param>
/// <param name="TestNll">The mean of -ln p(label) on the test part, in nats.</param>
/// <param name="TestCalibrationError">The expected calibration error on the test part, 15 bins.</param>
/// <param name="TargetProbability">The mean p of the label on the training part, with the labels that it was trained on.</param>
/// <param name="Margin">The mean margin there, in nats.</param>
/// <param name="SaturatedShare">The share of samples there with 1 - p &lt; 1e-7.</param>
/// <param name="NonTargetDivergence">The mean KL(u ‖ q) of the other classes there, in nats.</param>
/// <param name="Seconds">The time of training, without evaluation.</param>
public sealed record RunMeasures(
    double TestError,
    double TestNll,
    double TestCalibrationError,
    double TargetProbability,
    double Margin,
    double SaturatedShare,
    double NonTargetDivergence,
    double Seconds);
