namespace AutoDiffLsr.Cli.Options;

/// <summary>What stands behind each hidden layer.</summary>
internal enum ActivationKind
{
    Relu,
    LeakyRelu,
    Tanh,
    Sigmoid,
    Gelu,
    Softplus,
}
