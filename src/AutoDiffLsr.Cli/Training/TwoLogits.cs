using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Training;

/// <summary>A net of one logit z as one of two, (0, z): its softmax is the sigmoid of z, so that whatever takes logits of classes takes it too.</summary>
internal static class TwoLogits
{
    public static Sequential<float> Of(Sequential<float> model)
    {
        Dense<float> last = (Dense<float>)model[^1], two = new(last.Inputs, 2, new RandomSource(0));
        two.Weight.Assign(Matrix<float>.Build.Dense(last.Inputs, 1).Append(last.Weight.Value));
        two.Bias!.Assign(Matrix<float>.Build.Dense(1, 1).Append(last.Bias!.Value));
        return new Sequential<float>([.. model.SkipLast(1), two]);
    }
}
