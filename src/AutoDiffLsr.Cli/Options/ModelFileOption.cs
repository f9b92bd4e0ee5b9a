using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>--model FILE: a trained model.</summary>
internal sealed class ModelFileOption : Option<string>, IPathOption
{
    public ModelFileOption()
        : base("--model")
    {
        Description = "The model: a model.safetensors that train wrote, or an .onnx file of layers that there are here.";
        HelpName = "FILE";
        Required = true;
    }

    /// <inheritdoc/>
    public PathUse Use => PathUse.Input;
}
