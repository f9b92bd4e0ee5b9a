namespace AutoDiffLsr.Cli.Options;

/// <summary>Which net.</summary>
internal enum ModelKind
{
    /// <summary>A multi-layer perceptron of the widths of --hidden.</summary>
    Mlp,

    /// <summary>LeNet-5.</summary>
    LeNet5,

    /// <summary>The convolutional net of PyTorch's MNIST example.</summary>
    Cnn,

    /// <summary>AlexNet for small images.</summary>
    AlexNet,
}
