using System.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>Puts a model into evaluation mode, and each of its layers back into its own mode when disposed.</summary>
internal sealed class ModeScope<T> : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly List<Layer<T>> inTraining = [];

    public ModeScope(Layer<T> model)
    {
        Collect(model);
        model.UseEvaluationMode();
    }

    public void Dispose()
    {
        foreach (Layer<T> layer in inTraining)
            layer.SetOwnMode(true);
    }

    private void Collect(Layer<T> layer)
    {
        if (layer.IsTraining)
            inTraining.Add(layer);
        foreach (Layer<T> child in layer.Children)
            Collect(child);
    }
}
