using System.Numerics;
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>Batch after batch through a model, with nothing recorded, in the memory of one batch. The mode of the layers is the caller's matter.</summary>
internal sealed class ForwardPass<T>(Layer<T> model) : IDisposable
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape = new() { IsRecording = false };

    /// <summary>The output, valid until the next one or until <see cref="Clear"/>.</summary>
    public Variable<T> Run(Matrix<T> features)
    {
        tape.Reset();
        return model.Forward(tape.Constant(features));
    }

    /// <summary>Lets go of the latest batch and its output.</summary>
    public void Clear() => tape.Reset();

    public void Dispose() => tape.Dispose();
}
