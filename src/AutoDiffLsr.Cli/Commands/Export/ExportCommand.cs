using System.CommandLine;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Onnx;

namespace AutoDiffLsr.Cli.Commands.Export;

/// <summary>Writes a model in formats of other tools.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private readonly ModelFileOption model = new();
    private readonly Option<string?> onnx = FileOption("--onnx", "An ONNX file (opset 17, batches of any size), with the standardization inside.");
    private readonly Option<string?> safetensors = FileOption("--safetensors", "A safetensors file, whose tensors PyTorch's load_state_dict takes.");
    private readonly Option<string?> npz = FileOption("--npz", "A file for NumPy, with an array for each weight.");
    private readonly Option<bool> softmax = new("--softmax") { Description = "For ONNX: end with a softmax, so that the output is probabilities." };

    public ExportCommand(CommandContext context)
        : base(context, "export", "Writes a trained model for other tools.")
    {
        Add(model);
        Add(onnx);
        Add(safetensors);
        Add(npz);
        Add(softmax);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        (string? onnxFile, string? safetensorsFile, string? npzFile) = (arguments.GetValue(onnx), arguments.GetValue(safetensors), arguments.GetValue(npz));
        if (onnxFile is null && safetensorsFile is null && npzFile is null)
            throw new UsageException("export needs to know what to write: give --onnx FILE, --safetensors FILE or --npz FILE");
        Model loaded = ModelFiles.Load(arguments.GetRequiredValue(model));
        if (onnxFile is not null)
            OnnxExport.Save(loaded, onnxFile, arguments.GetValue(softmax));
        if (safetensorsFile is not null)
            loaded.Save(safetensorsFile);
        if (npzFile is not null)
            SaveNpz(loaded, npzFile);
        return ExitCode.Done;
    }

    private static void SaveNpz(Model model, string path)
    {
        if (model is Model<double> of)
            Npz.Save(of.Layers, path);
        else
            Npz.Save(((Model<float>)model).Layers, path);
    }

    private static Option<string?> FileOption(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
