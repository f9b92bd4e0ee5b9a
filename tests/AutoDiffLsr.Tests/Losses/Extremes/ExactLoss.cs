using AutoDiffLsr.Losses;

namespace AutoDiffLsr.Tests.Losses.Extremes;

/// <summary>
/// Value and gradient of one row in double-double, by the definitions of docs/losses.md, and the size of what each is made of: its terms, and how far
/// rounded logits move it.
/// </summary>
internal sealed class ExactLoss
{
    private ExactLoss(int classes) => (Gradient, GradientCondition) = (new double[classes], new double[classes]);

    public double Value { get; private set; }

    /// <summary>The terms of the value, and how much it moves for a relative change of the logits: Σ |dL/dz|·|z|.</summary>
    public double ValueCondition { get; private set; }

    public double[] Gradient { get; }

    public double[] GradientCondition { get; }

    public static ExactLoss Of(ClassificationLoss loss, double[] logits, int label)
    {
        ExactLoss exact = new(logits.Length);
        int classes = logits.Length;
        double largest = logits.Where((_, j) => j != label).Max();
        DoubleDouble[] shares = [.. logits.Select((z, j) => j == label ? 0 : DoubleDouble.Exp((DoubleDouble)z - largest))];
        DoubleDouble total = shares.Aggregate((DoubleDouble)0, (a, b) => a + b), rest = largest + DoubleDouble.Log(total), margin = logits[label] - rest;
        DoubleDouble small = DoubleDouble.Exp(-DoubleDouble.Abs(margin)), softplus = DoubleDouble.Log1p(small) + (margin.High < 0 ? -margin : 0);
        DoubleDouble larger = 1 / (1 + small), smaller = small / (1 + small), p = margin.High < 0 ? smaller : larger, others = margin.High < 0 ? larger : smaller;
        (DoubleDouble value, DoubleDouble slope, double tilt) = OfMargin(loss, classes, margin, softplus, p, others);
        DoubleDouble mean = 0;
        foreach (double z in logits)
            mean += (DoubleDouble)z / classes;
        if (tilt != 0)
            value += tilt * (logits[label] - mean);
        exact.Value = (double)value;
        double b = (loss as SparseLabelSmoothing)?.Smoothing ?? 0, constant = Math.Max(b, tilt) + (loss is CrossEntropy or AbsoluteCrossEntropy ? 0 : Math.Abs((double)slope) + Math.Max(b, tilt));
        exact.ValueCondition = Product(1 + b, Math.Abs((double)margin)) * (b > 0 ? 1 : 0);
        double curvature = loss is AbsoluteCrossEntropy ace ? ace.Phi0 * (double)(p * others) : (double)(p * others);
        for (int j = 0; j < classes; j++)
            exact.Fill(j, j == label, classes, logits, slope, (double)(shares[j] / total), curvature, tilt, Math.Abs(logits[label]) + Math.Abs((double)rest), (double)rest, shares[j] / total, constant);
        return exact;
    }

    private static (DoubleDouble Value, DoubleDouble Slope, double Tilt) OfMargin(
        ClassificationLoss loss, int classes, DoubleDouble margin, DoubleDouble softplus, DoubleDouble p, DoubleDouble others)
    {
        switch (loss)
        {
            case LabelSmoothing smoothing:
                return (softplus, -others, smoothing.Smoothing);
            case SparseLabelSmoothing sparse:
                DoubleDouble b = (DoubleDouble)sparse.Smoothing * (classes - 1) / classes;
                DoubleDouble linear = b.High == 0 ? 0 : (b * margin) + (b * DoubleDouble.Log(classes - 1.0));
                return (softplus + linear, margin.High > 0 ? b - others : p - (1 - b), 0);
            case AbsoluteCrossEntropy ace:
                DoubleDouble u = DoubleDouble.Log(ace.Phi1) - softplus;
                return (ace.Phi0 * DoubleDouble.Abs(u), ace.Phi0 * Math.Sign(u.High) * others, 0);
            default:
                return (softplus, -others, 0);
        }
    }

    private void Fill(int j, bool isLabel, int classes, double[] logits, DoubleDouble slope, double share, double curvature, double tilt, double marginSize, double rest, DoubleDouble exactShare, double constant)
    {
        DoubleDouble gradient = (isLabel ? slope : -slope * exactShare) + (tilt == 0 ? 0 : tilt * ((isLabel ? 1 : 0) - ((DoubleDouble)1 / classes)));
        Gradient[j] = (double)gradient;
        GradientCondition[j] = isLabel
            ? constant + Product(curvature, marginSize)
            : (tilt / classes) + Product(share, constant + Product(curvature, marginSize) + Product(Math.Abs((double)slope), Math.Abs(logits[j]) + Math.Abs(rest)));
        ValueCondition += Product(Math.Abs(Gradient[j]), Math.Abs(logits[j]));
    }

    /// <summary>0·∞ is 0 here: what does not count has no error.</summary>
    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
}
