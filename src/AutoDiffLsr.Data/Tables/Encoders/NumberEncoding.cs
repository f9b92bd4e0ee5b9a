using System.Globalization;
using AutoDiffLsr.Files;
using MathNet.Numerics.Statistics;

namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>A number as itself; a missing one as the training part's median, with a second feature that says so where the training part has any.</summary>
/// <param name="plan">The column.</param>
/// <param name="median">What a missing number becomes.</param>
/// <param name="hasIndicator">Whether a second feature is 1 where the number is missing.</param>
/// <param name="mean">The mean of the training part.</param>
/// <param name="scale">Its deviation; 1 for a constant.</param>
internal sealed class NumberEncoding(ColumnPlan plan, double median, bool hasIndicator, double mean, double scale) : ColumnEncoding(plan)
{
    public double Median => median;

    public bool HasIndicator => hasIndicator;

    public double Mean => mean;

    public double Scale => scale;

    public override int Width => hasIndicator ? 2 : 1;

    public override IEnumerable<string> FeatureNames => hasIndicator ? [Plan.Name, $"{Plan.Name} is missing"] : [Plan.Name];

    public override string Becomes => hasIndicator
        ? string.Create(CultureInfo.InvariantCulture, $"standardised; missing: the median {median:G6}, and a feature that says so")
        : "standardised";

    public override IEnumerable<(double Mean, double Scale)> Moments => hasIndicator ? [(mean, scale), (0, 1)] : [(mean, scale)];

    public static NumberEncoding Fit(ColumnPlan plan, TableColumn column, ReadOnlySpan<int> rows)
    {
        double[] present = new double[rows.Length];
        int count = 0;
        foreach (int row in rows)
        {
            double value = column.Number(row);
            if (!double.IsNaN(value))
                present[count++] = value;
        }

        Array.Resize(ref present, count);
        int missing = rows.Length - count;
        double median = count == 0 ? 0 : ArrayStatistics.MedianInplace(present);
        (double mean, double scale) = MomentsOf(present, median, missing);
        return new NumberEncoding(plan, median, missing > 0, mean, scale);
    }

    public override void Encode<T>(Table table, TableColumn column, ReadOnlySpan<int> rows, Span<T> features, int width, int first, EncodingCounts counts)
    {
        RequireNumbers(table, column);
        for (int i = 0; i < rows.Length; i++)
        {
            double value = column.Number(rows[i]);
            Span<T> places = features.Slice((i * width) + first, Width);
            if (double.IsNaN(value))
            {
                if (double.IsNaN(median))
                    throw DataException.At(table.Place(rows[i], column), "a missing value", "a number; this model does not know what to put in its place");
                places[0] = T.CreateSaturating(median);
                if (hasIndicator)
                    places[1] = T.One;
                else
                    counts.AddMissing(Plan.Name);
                continue;
            }

            places[0] = T.CreateSaturating(value);
            if (!T.IsFinite(places[0]))
                throw DataException.At(table.Place(rows[i], column), value.ToString("R", CultureInfo.InvariantCulture), $"a number that fits into {typeof(T).Name}");
        }
    }

    private static void RequireNumbers(Table table, TableColumn column)
    {
        if (column.Fault is { } fault)
            throw DataException.At(new(table.File, fault.Line, column.Index + 1, column.Name), OneLine.Quote(fault.Text), "a number as in training");
    }

    /// <summary>Mean and deviation with the median in the missing places.</summary>
    private static (double Mean, double Scale) MomentsOf(double[] present, double median, int missing)
    {
        double total = present.Length + missing, sum = median * missing;
        foreach (double value in present)
            sum += value;
        double mean = sum / total, squares = missing * (median - mean) * (median - mean);
        foreach (double value in present)
            squares += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(squares / total);

        // Below this the deviation is rounding alone.
        return (mean, deviation > 1e-12 * Math.Abs(mean) && double.IsFinite(deviation) && float.IsNormal((float)deviation) ? deviation : 1);
    }
}
