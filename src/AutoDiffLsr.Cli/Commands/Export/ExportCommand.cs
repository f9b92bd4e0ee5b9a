using System.CommandLine;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Models;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Onnx;

namespace AutoDiffLsr.Cli.Commands.Export;

/// <summary>Writes a model in formats of other tools.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private readonly ModelFileOption model = new();
    private readonly OutputFileOption onnx = new("--onnx", "An ONNX file (opset 17, batches of any size), with the standardization inside.");
    private readonly OutputFileOption safetensors = new("--safetensors", "A safetensors file, whose tensors PyTorch's load_state_dict takes.");
    private readonly OutputFileOption npz = new("--npz", "A file for NumPy, with an array for each weight.");
    private readonly Option<bool> encoded = new("--encoded")
    {
        Description = "For ONNX, of a model of a table with categories or missing values: take rows that are encoded already, a number for each feature.",
    };

    private readonly ForceOption force = new();

    private readonly Option<bool> softmax = new("--softmax") { Description = "For ONNX: end with a softmax, so that the output is probabilities." };

    public ExportCommand(CommandContext context)
        : base(context, "export", "Writes a trained model for other tools.")
    {
        Add(model);
        Add(onnx);
        Add(safetensors);
        Add(npz);
        Add(softmax);
        Add(encoded);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr export --model run/model.safetensors --onnx model.onnx --softmax",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        (string? onnxFile, string? safetensorsFile, string? npzFile) = (arguments.GetValue(onnx), arguments.GetValue(safetensors), arguments.GetValue(npz));
        if (onnxFile is null && safetensorsFile is null && npzFile is null)
            throw new UsageException("export needs to know what to write: give --onnx FILE, --safetensors FILE or --npz FILE");
        Model loaded = ModelFiles.Load(arguments.GetRequiredValue(model));
        if (onnxFile is not null)
            SaveOnnx(loaded, onnxFile, arguments);
        if (safetensorsFile is not null)
            loaded.Save(safetensorsFile);
        if (npzFile is not null)
            SaveNpz(loaded, npzFile);
        return ExitCode.Done;
    }

    /// <summary>Numbers and their standardization go into the graph; categories and missing values are what ONNX has no place for here.</summary>
    private void SaveOnnx(Model loaded, string path, ParseResult arguments)
    {
        ColumnSummary[] needy = TableModel.EncoderOf(loaded) is { } encoder
            ? [.. encoder.Describe().Where(column => column.Plan.Role == ColumnRole.Categorical || column.Features > 1)]
            : [];
        if (needy.Length > 0 && !arguments.GetValue(encoded))
        {
            throw new UsageException(
                $"the model encodes {(needy[0].Plan.Role == ColumnRole.Categorical ? "categories" : "missing values")} of the column '{needy[0].Plan.Name}'{(needy.Length > 1 ? $" and of {needy.Length - 1} more" : "")}, which the ONNX file cannot do: with --encoded it takes the {loaded.Features} encoded features, whose names inspect shows");
        }

        OnnxExport.Save(loaded, path, arguments.GetValue(softmax));
    }

    private static void SaveNpz(Model model, string path)
    {
        if (model is Model<double> of)
            Npz.Save(of.Layers, path);
        else
            Npz.Save(((Model<float>)model).Layers, path);
    }
}
