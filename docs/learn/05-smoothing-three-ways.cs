#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

const double Smoothing = 0.1;
const int Classes = 4;
ClassificationLoss[] losses =
[
    new CrossEntropy(),
    new LabelSmoothing(Smoothing),
    new SparseLabelSmoothing(Smoothing),
    new SparseLabelSmoothing(Smoothing, SparseLsrForm.AsPublished),
];
double A = 1 - Smoothing + (Smoothing / Classes), B = 1 - A;
Console.WriteLine($"A = {A}, B = {B:F3}, best margin log(A/B) = {Math.Log(A / B):F4}");

// 1. Four losses of one row whose label is class 0, as the net becomes surer of it.
Console.WriteLine("label's logit    CE              LSR             SparseLSR       as published    (loss, gradient by the label's logit)");
foreach (double z in new double[] { 0, 2, 3.9199, 8, 40 })
{
    Console.Write($"{z,-13}");
    foreach (ClassificationLoss loss in losses)
    {
        var (value, gradient) = At(loss, z, -1, 0, 1);
        Console.Write($"{value,9:F4} {Math.Round(gradient[0], 4) + 0.0,7:F4}");
    }

    Console.WriteLine();
}

// 2. The gap between LSR and SparseLSR is B times a KL divergence.
foreach (double spread in new double[] { 0, 1, 3 })
{
    double gap = At(losses[1], 3, -spread, 0, spread).Loss - At(losses[2], 3, -spread, 0, spread).Loss;
    double[] e = [Math.Exp(-spread), 1, Math.Exp(spread)], q = [.. e.Select(value => value / e.Sum())];
    Console.WriteLine($"other logits ∓{spread} and 0: LSR - SparseLSR = {gap:F6}, B·KL(u‖q) = {B * q.Sum(value => Math.Log(1 / (3 * value)) / 3):F6}");
}

// 3. Where descent on free logits stops.
foreach (ClassificationLoss loss in losses)
{
    double[] z = [0, -1, 0, 1];
    for (int step = 0; step < 2000; step++)
        z = [.. z.Zip(At(loss, z).Gradient, (value, slope) => value - slope)];
    double others = z[1..].Sum(value => Math.Exp(value - z[0]));
    Console.WriteLine($"{loss.Name,-25} after 2000 steps: p = {1 / (1 + others):F4}, the others differ by {z[3] - z[1]:F2}");
}

static (double Loss, double[] Gradient) At(ClassificationLoss loss, params double[] logits)
{
    using var tape = new Tape<double>();
    Variable<double> z = tape.Variable(Matrix<double>.Build.DenseOfRowArrays(logits)), value = loss.Compute(z, [0]);
    return (value.Scalar, tape.Gradient(value, z).Value.Row(0).ToArray());
}
