using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>How one row of logits, a sample, compares with its label; computed in double.</summary>
internal readonly struct RowScores
{
    public RowScores(ReadOnlySpan<double> logits, int label)
    {
        Predicted = FirstLargest(logits, rows: 1, row: 0);
        HasNaN = double.IsNaN(logits[Predicted]);
        Rank = RankOf(logits, label);
        double largest = logits[Predicted], others = 0;
        for (int c = 0; c < logits.Length; c++)
            others += c == Predicted ? 0 : Math.Exp(Less(logits[c], largest));
        Confidence = HasNaN ? double.NaN : 1 / (1 + others);
        NegativeLogLikelihood = HasNaN ? double.NaN : Functions.Log1p(others) - Less(logits[label], largest);
    }

    /// <summary>The class of the largest logit, by <see cref="FirstLargest"/>.</summary>
    public int Predicted { get; }

    /// <summary>Whether a logit is NaN: then nothing is predicted.</summary>
    public bool HasNaN { get; }

    /// <summary>How many classes rank before the label: 0 if it is predicted. A NaN ranks before everything.</summary>
    public int Rank { get; }

    /// <summary>The probability of the predicted class.</summary>
    public double Confidence { get; }

    /// <summary>-ln of the probability of the label.</summary>
    public double NegativeLogLikelihood { get; }

    /// <summary>Copies row <paramref name="row"/> of a column-major matrix.</summary>
    public static void Gather<T>(ReadOnlySpan<T> matrix, int rows, int row, Span<double> target)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < target.Length; c++)
            target[c] = double.CreateTruncating(matrix[(c * rows) + row]);
    }

    /// <summary>How many rows of a column-major matrix have their largest entry, the first of equals, at their label.</summary>
    public static int CountCorrect<T>(ReadOnlySpan<T> matrix, ReadOnlySpan<int> labels, int? ignoredLabel)
        where T : struct, IFloatingPointIeee754<T>
    {
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] != ignoredLabel && IsLargest(matrix, labels.Length, row, labels[row]))
                correct++;
        }

        return correct;
    }

    /// <summary>The arg-max of a row, and the only one: the column of its largest entry, the first of equals. A NaN counts as larger than every number, as in NumPy and PyTorch.</summary>
    public static int FirstLargest<T>(ReadOnlySpan<T> matrix, int rows, int row)
        where T : struct, IFloatingPointIeee754<T>
    {
        T largest = matrix[row];
        int column = 0;
        for (int c = 1; (c * rows) + row < matrix.Length && !T.IsNaN(largest); c++)
        {
            T entry = matrix[(c * rows) + row];
            if (entry > largest || T.IsNaN(entry))
                (largest, column) = (entry, c);
        }

        return column;
    }

    /// <summary>Whether a row's largest entry, the first of equals, is at the label.</summary>
    public static bool IsLargest<T>(ReadOnlySpan<T> matrix, int rows, int row, int label)
        where T : struct, IFloatingPointIeee754<T>
    {
        T target = matrix[(label * rows) + row];
        for (int i = row, c = 0; i < matrix.Length; i += rows, c++)
        {
            if (c < label ? !(matrix[i] < target) : !(matrix[i] <= target))
                return false;
        }

        return true;
    }

    /// <summary>a - b, where equal infinities differ by 0.</summary>
    private static double Less(double a, double b) => a == b ? 0 : a - b;

    private static int RankOf(ReadOnlySpan<double> values, int label)
    {
        int rank = 0;
        for (int c = 0; c < values.Length; c++)
        {
            if (c < label ? !(values[c] < values[label]) : !(values[c] <= values[label]))
                rank++;
        }

        return rank;
    }
}
