using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Training;

/// <summary>The loss of a batch, as its mean over the rows.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="output">The output of the model, B x columns.</param>
/// <param name="batch">The samples and targets; <c>output.Tape.Constant(batch.Targets)</c> puts targets on the tape.</param>
/// <returns>1x1.</returns>
public delegate Variable<T> LossFunction<T>(Variable<T> output, Batch<T> batch)
    where T : struct, IFloatingPointIeee754<T>;
