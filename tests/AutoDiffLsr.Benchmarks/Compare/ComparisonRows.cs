using AutoDiffLsr.Benchmarks.Cases;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>All lines of the table, in order.</summary>
internal static class ComparisonRows
{
    public static IEnumerable<ComparisonRow> All(string? mnist)
    {
        foreach (string optimizer in (string[])["sgd", "adam"])
        {
            yield return Step([2, 16, 16, 1], 32, optimizer);
            yield return Step([2, 16, 16, 1], 100, optimizer);
            yield return Step([64, 32, 10], 32, optimizer);
            yield return Step([784, 128, 10], 64, optimizer);
            yield return Step([784, 128, 10], 128, optimizer);
            yield return Step([784, 128, 10], 512, optimizer);
            yield return Step([784, 512, 512, 10], 128, optimizer);
        }

        yield return ConvolutionalStep("lenet5", [1, 28, 28], 128);
        yield return ConvolutionalStep("cnn", [1, 28, 28], 64);
        yield return ConvolutionalStep("alexnet", [3, 32, 32], 128);

        foreach ((int rows, int classes) in ((int, int)[])[(128, 10), (512, 10), (512, 1000), (128, 50257), (64, 250000)])
        {
            foreach (string loss in (string[])["ce", "lsr", "sparse-lsr"])
                yield return Loss(loss, rows, classes);
        }

        foreach (int side in (int[])[64, 128, 256, 512, 1024])
            yield return Product(side, side, side);
        yield return Product(128, 128, 784);
        yield return Product(128, 10, 128);
        yield return Product(128, 512, 512);
        if (mnist is not null)
            yield return Epoch(mnist);
    }

    private static ComparisonRow Step(int[] widths, int batch, string optimizer) => new(
        $"step {string.Join('-', widths)} batch {batch} {optimizer}",
        new { @case = "step", widths, batch, optimizer },
        () => new TrainingStep(widths, batch, optimizer).Run);

    private static ComparisonRow ConvolutionalStep(string net, int[] image, int batch) => new(
        $"step {net} batch {batch} sgd",
        new { @case = "convolutional step", net, image, batch },
        () => new TrainingStep(net, new ImageShape(image[0], image[1], image[2]), batch).Run)
    {
        IsSmall = false,
    };

    private static ComparisonRow Loss(string loss, int rows, int classes) => new(
        $"loss {loss} {rows}x{classes}",
        new { @case = "loss", loss, rows, classes },
        () => new LossGradient(loss, rows, classes).Run)
    {
        IsSmall = classes <= 1000,
    };

    private static ComparisonRow Product(int m, int n, int k) => new(
        $"product {m}x{n}x{k}",
        new { @case = "product", shape = new[] { m, n, k } },
        () => Multiplication(m, n, k, () => AutoDiffLsrProvider.Use()))
    {
        Operations = 2.0 * m * n * k,
        MathNet = () => Multiplication(m, n, k, () => LinearAlgebraControl.Provider = ManagedLinearAlgebraProvider.Instance),
        IsSmall = Math.Max(m, n) <= 256,
    };

    private static ComparisonRow Epoch(string folder) => new(
        "epoch MNIST 784-128-10 batch 128 adam",
        new { @case = "epoch", folder },
        () => new MnistTraining(folder).RunEpoch)
    {
        IsSmall = false,
        MostRounds = 5,
    };

    /// <summary>The product as a user of MathNet writes it, under a provider.</summary>
    private static Action Multiplication(int m, int n, int k, Action useProvider)
    {
        RandomSource random = new(seed: 1);
        Matrix<float> a = TrainingStep.Normal(m, k, random), b = TrainingStep.Normal(k, n, random), c = Matrix<float>.Build.Dense(m, n);
        useProvider();
        return () => a.Multiply(b, c);
    }
}
