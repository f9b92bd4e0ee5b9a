using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Formats;

/// <summary>A trained classifier: see <see cref="Model{T}"/>. The non-generic base, for loading a file whose number type is unknown.</summary>
public abstract class Model
{
    private protected Model(ModelInfo info, int features, int classes) => (Info, Features, Classes) = (info, features, classes);

    /// <summary>Names, image size and settings.</summary>
    public ModelInfo Info { get; }

    /// <summary>F, the number of features of a sample.</summary>
    public int Features { get; }

    /// <summary>C, the number of classes: the columns of the model's output.</summary>
    public int Classes { get; }

    /// <summary>What the outputs are: as <see cref="ModelInfo.Targets"/> says; else one output is a number, or a probability behind a sigmoid, and several are the logits of classes.</summary>
    public TargetKind Targets => Info.Targets ?? (Classes > 1 ? TargetKind.Labels : EndsInSigmoid ? TargetKind.BinaryLabels : TargetKind.Numbers);

    /// <summary>Whether the last layer is a sigmoid, so that the outputs are probabilities and not logits.</summary>
    public abstract bool EndsInSigmoid { get; }

    /// <summary>Loads a model that <see cref="Save"/> saved, in the number type of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="requireFinite">Whether weights that are infinite or NaN are refused.</param>
    /// <returns>A <see cref="Model{T}"/> of float or of double.</returns>
    /// <exception cref="ModelFileException">The file is missing, damaged, or no model.</exception>
    public static Model Load(string path, bool requireFinite = true)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        bool isDouble = reader.Tensors.Any(entry => entry.Type == TensorType.F64);
        return isDouble ? Load<double>(reader, requireFinite) : Load<float>(reader, requireFinite);
    }

    /// <summary>Loads a model that <see cref="Save"/> saved.</summary>
    /// <typeparam name="T">The type that the file has; or <see cref="double"/> for one of float, which is exact.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="requireFinite">Whether weights that are infinite or NaN are refused.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, no model, or of another type.</exception>
    public static Model<T> Load<T>(string path, bool requireFinite = true)
        where T : struct, IFloatingPointIeee754<T>
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        return Load<T>(reader, requireFinite);
    }

    /// <summary>Saves the model as a safetensors file that alone rebuilds it, and whose tensors PyTorch's <c>load_state_dict</c> takes.</summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    /// <exception cref="NotSupportedException">A layer is none of this library.</exception>
    public abstract void Save(string path);

    internal static Model<T> Load<T>(SafetensorsReader reader, bool requireFinite)
        where T : struct, IFloatingPointIeee754<T>
    {
        Model<T> model = ModelMetadata.Read<T>(reader);
        new LayerState<T>(model.Layers).ReadFrom(reader, requireFinite: requireFinite);
        return model;
    }
}
