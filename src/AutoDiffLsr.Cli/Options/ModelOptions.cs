using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Which net.</summary>
internal sealed class ModelOptions : IOptionGroup
{
    private const string Linear = "none";
    private const int Widest = 1_000_000;

    private readonly ChoiceOption<ModelKind> model = new(
        "--model",
        "The net: a multi-layer perceptron of the widths of --hidden, or, for images, LeNet-5, the small convolutional net of PyTorch's MNIST example, or AlexNet for 32 x 32.",
        "mlp",
        ("mlp", ModelKind.Mlp),
        ("lenet5", ModelKind.LeNet5),
        ("cnn", ModelKind.Cnn),
        ("alexnet", ModelKind.AlexNet));

    private readonly Option<int[]> hidden = Hidden("For mlp: the widths of the hidden layers, or none for a linear model.", 128);

    private readonly ChoiceOption<ActivationKind> activation = new(
        "--activation",
        "For mlp: the activation after each hidden layer.",
        "relu",
        ("relu", ActivationKind.Relu),
        ("leaky-relu", ActivationKind.LeakyRelu),
        ("tanh", ActivationKind.Tanh),
        ("sigmoid", ActivationKind.Sigmoid),
        ("gelu", ActivationKind.Gelu),
        ("softplus", ActivationKind.Softplus));

    private readonly Option<double> dropout = NumberOption.Real(
        "--dropout", "For mlp: the share of each hidden layer that is dropped in training.", Interval.FromUpTo(0, 1), 0);

    /// <inheritdoc/>
    public string Title => "Net";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [model, hidden, activation, dropout];

    /// <summary>Options that were given and have no effect, a sentence each.</summary>
    public IEnumerable<string> Unused(ParseResult result)
    {
        ModelSettings settings = Read(result);
        bool isPerceptron = settings.Kind == ModelKind.Mlp;
        foreach (Option option in new Option[] { hidden, activation, dropout }.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            if (!isPerceptron)
                yield return $"{option.Name} is not used: {settings.Name} has layers of its own";
            else if (settings.Hidden.Count == 0 && option != hidden)
                yield return $"{option.Name} is not used: a linear model has no hidden layer";
        }
    }

    /// <summary>The net that the arguments ask for.</summary>
    public ModelSettings Read(ParseResult result) => new(
        model.Read(result), result.GetRequiredValue(model), result.GetRequiredValue(hidden), activation.Read(result), result.GetRequiredValue(dropout))
    {
        IsGiven = result.GetResult(model) is { Implicit: false } || result.GetResult(hidden) is { Implicit: false },
    };

    /// <summary>The option for the widths of the hidden layers.</summary>
    public static Option<int[]> Hidden(string description, params int[] byDefault) => new("--hidden")
    {
        Description = $"{description} (default: {string.Join(',', byDefault)})",
        HelpName = "128,64|none",
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => byDefault,
        CustomParser = ParseHidden,
    };

    private static int[]? ParseHidden(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text == Linear)
            return [];
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]) && widths[i] is >= 1 and <= Widest)
                continue;
            result.AddError($"--hidden is '{text}', but must be widths such as 128 or 128,64, each in 1..{Widest}, or {Linear} for a linear model");
            return null;
        }

        return widths;
    }
}
