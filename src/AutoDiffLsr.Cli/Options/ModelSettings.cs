using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Options;

/// <summary>A net as the user asked for it.</summary>
/// <param name="Kind">Which net.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="Hidden">The widths of the hidden layers; none makes a linear model.</param>
/// <param name="Activation">The activation after each hidden layer.</param>
/// <param name="Dropout">The share of each hidden layer that is dropped in training, in [0, 1).</param>
internal sealed record ModelSettings(ModelKind Kind, string Name, IReadOnlyList<int> Hidden, ActivationKind Activation, double Dropout)
{
    /// <summary>Whether the user chose the widths, so that no others are tried.</summary>
    public bool IsGiven { get; init; } = true;

    /// <summary>Makes the net with random weights.</summary>
    /// <param name="data">Samples as it takes them.</param>
    /// <param name="outputs">The columns that it gives, such as one for each class.</param>
    /// <param name="seed">The weights and the dropout masks are a function of this number.</param>
    /// <exception cref="UsageException">The net takes images, and the data has none, or too small ones.</exception>
    public Sequential<float> Create(Dataset<float> data, int outputs, long seed)
    {
        RandomSource root = new(seed);
        RandomSource weights = root.Fork("weights");
        if (Kind == ModelKind.Mlp)
            return CreatePerceptron(data.Features, outputs, root, weights);
        ImageSize size = data.ImageSize ?? throw new UsageException($"--model {Name} takes images, but {data.Name} has none: take --model mlp");
        try
        {
            return Kind switch
            {
                ModelKind.LeNet5 => ConvolutionalNets.LeNet5<float>(size.ToShape(), outputs, weights),
                ModelKind.Cnn => ConvolutionalNets.Small<float>(size.ToShape(), outputs, weights),
                _ => ConvolutionalNets.AlexNet<float>(size.ToShape(), outputs, weights),
            };
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--model {Name} does not fit images of {size}: {error.Message}");
        }
    }

    private Sequential<float> CreatePerceptron(int features, int classes, RandomSource root, RandomSource weights)
    {
        List<Layer<float>> layers = [];
        int width = features;
        foreach (int hidden in Hidden)
        {
            layers.Add(new Dense<float>(width, hidden, weights));
            layers.Add(CreateActivation());
            if (Dropout > 0)
                layers.Add(new Dropout<float>(Dropout, unchecked((long)root.Fork($"dropout {layers.Count}").State)));
            width = hidden;
        }

        layers.Add(new Dense<float>(width, classes, weights));
        return new Sequential<float>([.. layers]);
    }

    private Layer<float> CreateActivation() => Activation switch
    {
        ActivationKind.Relu => new Relu<float>(),
        ActivationKind.LeakyRelu => new LeakyRelu<float>(),
        ActivationKind.Tanh => new Tanh<float>(),
        ActivationKind.Sigmoid => new Sigmoid<float>(),
        ActivationKind.Gelu => new Gelu<float>(),
        _ => new Softplus<float>(),
    };
}
