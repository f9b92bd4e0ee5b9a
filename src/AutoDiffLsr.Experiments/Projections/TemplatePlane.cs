using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>
/// The projection of Müller, Kornblith and Hinton ("When Does Label Smoothing Help?", NeurIPS 2019, section 2): onto the plane through the templates of three
/// classes, which are their weight vectors in the last layer. Deterministic and linear: distances in the picture are distances in feature space.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TemplatePlane<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private const double SmallestAngle = 1e-6;

    private readonly double[] first, second, origin;

    private TemplatePlane(double[] origin, double[] first, double[] second) => (this.origin, this.first, this.second) = (origin, first, second);

    /// <summary>The width of what is projected.</summary>
    public int Features => origin.Length;

    /// <summary>
    /// The plane through three templates: its first axis runs from a's template to b's, its second at a right angle to that towards c's, and its origin is
    /// the middle of the three.
    /// </summary>
    /// <param name="weight">The last layer's W, features x C.</param>
    /// <param name="a">A class.</param>
    /// <param name="b">Another class.</param>
    /// <param name="c">A third class.</param>
    /// <exception cref="ArgumentException">The classes are not three different ones of 0..C-1, or their templates are on one line.</exception>
    public static TemplatePlane<T> Through(Matrix<T> weight, int a, int b, int c)
    {
        return TryThrough(weight, a, b, c, out TemplatePlane<T>? plane) ? plane : throw new ArgumentException(
            $"The templates of the classes {a}, {b} and {c} lie on one line, so they span no plane: choose other classes.", nameof(weight));
    }

    /// <summary>The same plane, if there is one.</summary>
    /// <param name="weight">The last layer's W, features x C.</param>
    /// <param name="a">A class.</param>
    /// <param name="b">Another class.</param>
    /// <param name="c">A third class.</param>
    /// <returns>False if the three templates lie on one line, as those of a single feature do.</returns>
    /// <exception cref="ArgumentException">The classes are not three different ones of 0..C-1.</exception>
    public static bool TryThrough(Matrix<T> weight, int a, int b, int c, [NotNullWhen(true)] out TemplatePlane<T>? plane)
    {
        ArgumentNullException.ThrowIfNull(weight);
        CheckClasses(weight, a, b, c);
        double[] templateA = Column(weight, a), templateB = Column(weight, b), templateC = Column(weight, c);
        double[] first = Difference(templateB, templateA), towardsC = Difference(templateC, templateA);
        double lengthB = Length(first), lengthC = Length(towardsC);
        Scale(first, 1 / lengthB);
        double[] second = Difference(towardsC, Scaled(first, Dot(towardsC, first)));
        double rest = Length(second);
        plane = null;
        if (!(lengthB > 0 && rest > SmallestAngle * lengthC))
            return false;
        Scale(second, 1 / rest);
        plane = new TemplatePlane<T>([.. templateA.Select((value, i) => (value + templateB[i] + templateC[i]) / 3)], first, second);
        return true;
    }

    /// <summary>Where features lie on the plane.</summary>
    /// <param name="features">N x features: the last layer's input.</param>
    /// <returns>N x 2.</returns>
    /// <exception cref="ArgumentException">The width is another than the templates'.</exception>
    public Matrix<double> Project(Matrix<T> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.ColumnCount != Features)
            throw new ArgumentException($"features has {features.ColumnCount} columns, but the templates have {Features} entries.", nameof(features));
        double[] x = new double[2 * features.RowCount];
        T[] data = features.ToColumnMajorArray();
        int rows = features.RowCount;
        for (int feature = 0; feature < Features; feature++)
        {
            for (int row = 0; row < rows; row++)
            {
                double shifted = double.CreateTruncating(data[(feature * rows) + row]) - origin[feature];
                x[row] += shifted * first[feature];
                x[rows + row] += shifted * second[feature];
            }
        }

        return Matrix<double>.Build.Dense(rows, 2, x);
    }

    private static void CheckClasses(Matrix<T> weight, int a, int b, int c)
    {
        foreach (int chosen in (ReadOnlySpan<int>)[a, b, c])
        {
            if ((uint)chosen >= (uint)weight.ColumnCount)
                throw new ArgumentException($"Class {chosen} has no template: the weight has {weight.ColumnCount} columns (0..{weight.ColumnCount - 1}).", nameof(weight));
        }

        if (a == b || b == c || a == c)
            throw new ArgumentException($"A plane needs three different classes, but got {a}, {b} and {c}.", nameof(weight));
    }

    private static double[] Column(Matrix<T> weight, int column) =>
        [.. weight.Column(column).Select(double.CreateTruncating)];

    private static double[] Difference(double[] a, double[] b) => [.. a.Select((value, i) => value - b[i])];

    private static double[] Scaled(double[] a, double factor) => [.. a.Select(value => value * factor)];

    private static double Dot(double[] a, double[] b) => a.Select((value, i) => value * b[i]).Sum();

    private static double Length(double[] a) => Math.Sqrt(Dot(a, a));

    private static void Scale(double[] a, double factor)
    {
        foreach (ref double value in a.AsSpan())
            value *= factor;
    }
}
