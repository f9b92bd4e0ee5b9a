using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;

namespace AutoDiffLsr.Formats;

/// <summary>
/// The weights of any layer, your own too, as a safetensors file that PyTorch's <c>load_state_dict</c> takes unchanged: parameters, running
/// statistics and counters under PyTorch's names. A <see cref="Model{T}"/> also saves how the layers are built.
/// </summary>
public static class Weights
{
    /// <summary>Saves the weights of a layer.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="layer">The layer, most often a <see cref="Sequential{T}"/>.</param>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public static void Save<T>(Layer<T> layer, string path)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        SafetensorsWriter writer = new();
        new LayerState<T>(layer).AddTo(writer);
        writer.Save(path);
    }

    /// <summary>
    /// Loads weights into a layer: of this library, or of PyTorch. All is checked first; a file that does not fit changes nothing. A prefix that all names of
    /// the file have in common, such as <c>module.</c>, is left out.
    /// </summary>
    /// <typeparam name="T">The type that the file has, or a wider one, which is exact: F16 and BF16 are read as float or double, F32 as double.</typeparam>
    /// <param name="layer">The layer; its random states stay as they are.</param>
    /// <param name="path">The file.</param>
    /// <param name="requireFinite">Whether infinities and NaN are refused.</param>
    /// <exception cref="ModelFileException">The file is missing or damaged, or its tensors are not those of the layer.</exception>
    public static void Load<T>(Layer<T> layer, string path, bool requireFinite = true)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        new LayerState<T>(layer).ReadFrom(reader, requireFinite: requireFinite);
    }
}
