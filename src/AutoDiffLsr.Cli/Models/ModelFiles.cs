using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Onnx;

namespace AutoDiffLsr.Cli.Models;

/// <summary>Loads the model that --model names.</summary>
internal static class ModelFiles
{
    private const string OnnxExtension = ".onnx";

    /// <summary>A model of this tool, or by its extension one of ONNX.</summary>
    /// <exception cref="ModelFileException">The file is missing, damaged or something else.</exception>
    public static Model Load(string path) =>
        string.Equals(Path.GetExtension(path), OnnxExtension, StringComparison.OrdinalIgnoreCase) ? OnnxImport.Load(path) : Model.Load(path);
}
