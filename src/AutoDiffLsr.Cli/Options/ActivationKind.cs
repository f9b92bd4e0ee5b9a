namespace AutoDiffLsr.Cli.Options;

/// <summary>The activation after each hidden layer.</summary>
internal enum ActivationKind
{
    Relu,
    LeakyRelu,
    Tanh,
    Sigmoid,
    Gelu,
    Softplus,
}
