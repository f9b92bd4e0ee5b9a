using System.Globalization;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Training;

/// <summary>Refuses a net that cannot be trained on this machine before its memory is asked for, which might end the process.</summary>
internal static class ModelSize
{
    // The weight, its gradient, the optimizer's memory of it (two for Adam) and the last good weight.
    private const int NumbersPerParameter = 5;

    // The product, the sum with the bias, the activation, and as much again for their gradients.
    private const int NumbersPerActivation = 6;

    // 64 channels of all pixels, the most that a convolutional net of the tool has.
    private const int WidestOfConvolutions = 64;

    /// <exception cref="UsageException">A matrix has more numbers than an array may have, or all do not fit into memory.</exception>
    public static void Check(ModelSettings model, int features, int classes, int batchSize)
    {
        if (model.Kind != ModelKind.Mlp)
        {
            CheckMatrix((long)batchSize * WidestOfConvolutions, features);
            return;
        }

        long parameters = 0;
        long activations = 0;
        long columns = features;
        foreach (int width in model.Hidden.Append(classes))
        {
            CheckMatrix(columns, width);
            CheckMatrix(batchSize, width);
            parameters += (columns + 1) * width;
            activations += (long)batchSize * width;
            columns = width;
        }

        long bytes = sizeof(float) * ((NumbersPerParameter * parameters) + (NumbersPerActivation * activations));
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
            throw TooLarge($"{parameters} parameters in batches of {batchSize} need about {bytes / 1e9:F1} GB, but this machine has {available / 1e9:F1} GB");
    }

    private static void CheckMatrix(long rows, long columns)
    {
        if (rows * columns > Array.MaxLength)
            throw TooLarge($"a matrix of {rows} x {columns} has {rows * columns} numbers, but at most {Array.MaxLength} are possible");
    }

    private static UsageException TooLarge(FormattableString what) =>
        new($"this net is too large, make --hidden or --batch-size smaller: {what.ToString(CultureInfo.InvariantCulture)}");
}
