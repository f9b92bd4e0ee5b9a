using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>How one row of logits, a sample, compares with its label; computed in double.</summary>
internal readonly struct RowScores
{
    public RowScores(ReadOnlySpan<double> logits, int label)
    {
        (Predicted, HasNaN) = FirstLargest(logits);
        Rank = RankOf(logits, label);
        double largest = logits[Predicted], others = 0;
        for (int c = 0; c < logits.Length; c++)
            others += c == Predicted ? 0 : Math.Exp(logits[c] - largest);
        Confidence = HasNaN ? double.NaN : 1 / (1 + others);
        NegativeLogLikelihood = HasNaN ? double.NaN : Functions.Log1p(others) + (largest - logits[label]);
    }

    /// <summary>The class of the largest logit, the first of equals.</summary>
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

    /// <summary>The column of a row's largest entry, the first of equals.</summary>
    public static int FirstLargest<T>(ReadOnlySpan<T> matrix, int rows, int row)
        where T : struct, IFloatingPointIeee754<T>
    {
        int largest = 0;
        for (int c = 1; (c * rows) + row < matrix.Length; c++)
        {
            if (matrix[(c * rows) + row] > matrix[(largest * rows) + row])
                largest = c;
        }

        return largest;
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

    private static (int Index, bool HasNaN) FirstLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        bool hasNaN = false;
        for (int c = 0; c < values.Length; c++)
        {
            hasNaN |= double.IsNaN(values[c]);
            if (values[c] > values[largest])
                largest = c;
        }

        return (largest, hasNaN);
    }

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
