using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Cli.Options;

/// <summary>A net as the user asked for it.</summary>
/// <param name="Hidden">The widths of the hidden layers; none makes a linear model.</param>
/// <param name="Activation">What stands behind each hidden layer.</param>
/// <param name="Dropout">The share of each hidden layer that is dropped in training, in [0, 1).</param>
internal sealed record ModelSettings(IReadOnlyList<int> Hidden, ActivationKind Activation, double Dropout)
{
    /// <summary>Makes the net with random weights.</summary>
    /// <param name="features">The columns that it takes.</param>
    /// <param name="classes">The columns that it gives.</param>
    /// <param name="seed">The weights and the dropout masks are a function of this number.</param>
    public Sequential<float> Create(int features, int classes, long seed)
    {
        RandomSource root = new(seed);
        RandomSource weights = root.Fork("weights");
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
