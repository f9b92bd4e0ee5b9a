using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Training;

/// <summary>The loss of a batch, as its mean over the rows.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="logits">N x C, the output of the model.</param>
/// <param name="labels">N classes; leave them unchanged until the gradient is taken.</param>
/// <returns>1x1.</returns>
public delegate Variable<T> LossFunction<T>(Variable<T> logits, int[] labels)
    where T : struct, IFloatingPointIeee754<T>;
