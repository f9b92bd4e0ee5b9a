using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Losses;

/// <summary>Source: computed in 60-digit decimal arithmetic from the definitions; docs/losses.md has the table.</summary>
public sealed class GoldenLossTests
{
    public static TheoryData<double[], int, double, double, double, double, double[]> Golden => new()
    {
        { [1, 2, 3], 2, .1, .40760596444438, .50760596444438, .499598330647162, [.0721011450790475, .195991232479464, -.268092377558511] },
        { [2, -1, .5, 0], 0, .25, .342349582389822, .748599582389822, .716314898014456, [-.102400077113826, .0124878586006747, .055966699402571, .0339455191105801] },
        { [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 3, .1, 2.302585092994046, 2.302585092994046, 2.302585092994046, [.09, .09, .09, -.81, .09, .09, .09, .09, .09, .09] },
        { [20, 0, 1, 2], 0, .1, 2.28939295426224e-8, 1.42500002289393, 1.40182549721071, [.0749999771060707, -.00675229092662496, -.0183546297263135, -.0498930564531322] },
        { [-20, 0, 1, 2], 0, .1, 22.4076059646299, 20.8326059646299, 20.8094314389467, [-.924999999814433, .0832782801658952, .226373835680274, .615347883968264] },
        { [50, 0, 1, 2], 0, .1, 2.14232763387367e-21, 3.675, 3.65182547431678, [.075, -.00675229298777853, -.0183546353291098, -.0498930716831116] },
        { [1.5, -.5], 0, .2, .126928011042972, .326928011042972, .326928011042972, [-.0192029220221176, .0192029220221176] },
        { [1000, 999, 998], 0, .1, .40760596444438, .50760596444438, .499598330647162, [-.268092377558511, .195991232479464, .0721011450790475] },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Double_agrees_to_twelve_digits(double[] logits, int label, double smoothing, double ce, double lsr, double sparse, double[] gradient) =>
        Check<double>(logits, label, smoothing, [ce, lsr, sparse], gradient, 1e-12);

    [Theory]
    [MemberData(nameof(Golden))]
    public void Float_agrees_to_five_digits(double[] logits, int label, double smoothing, double ce, double lsr, double sparse, double[] gradient) =>
        Check<float>(logits, label, smoothing, [ce, lsr, sparse], gradient, 1e-5);

    private static void Check<T>(double[] logits, int label, double smoothing, double[] values, double[] gradient, double tolerance)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        ClassificationLoss[] losses = [new CrossEntropy(), new LabelSmoothing(smoothing), new SparseLabelSmoothing(smoothing)];
        for (int i = 0; i < losses.Length; i++)
        {
            using Tape<T> tape = new();
            Variable<T> z = tape.Variable(Matrix<T>.Build.Dense(1, logits.Length, [.. logits.Select(T.CreateChecked)]));
            Variable<T> loss = losses[i].Compute(z, [label]);
            Near(values[i], loss.Scalar, tolerance);
            if (losses[i] is not SparseLabelSmoothing)
                continue;
            Matrix<T> first = tape.Gradient(loss, z).Value;
            Matrix<T> composed = tape.Gradient(loss, z, createGraph: true).Value;
            for (int j = 0; j < gradient.Length; j++)
            {
                Near(gradient[j], first[0, j], tolerance);
                Near(gradient[j], composed[0, j], tolerance);
            }
        }
    }

    private static void Near<T>(double expected, T actual, double tolerance)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
        Assert.Equal(expected, double.CreateChecked(actual), tolerance * Math.Max(1, Math.Abs(expected)));
}
