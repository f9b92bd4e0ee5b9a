using System.Numerics;

namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>How one column becomes features. Fitted on the rows of the training part, and on nothing else.</summary>
/// <param name="plan">The column.</param>
internal abstract class ColumnEncoding(ColumnPlan plan)
{
    public ColumnPlan Plan { get; } = plan;

    /// <summary>How many features the column becomes.</summary>
    public abstract int Width { get; }

    /// <summary>The name of each.</summary>
    public abstract IEnumerable<string> FeatureNames { get; }

    /// <summary>What becomes of the column, for people.</summary>
    public abstract string Becomes { get; }

    /// <summary>What is subtracted from each feature, and what it is then divided by, before it reaches a net.</summary>
    public abstract IEnumerable<(double Mean, double Scale)> Moments { get; }

    /// <summary>Writes the column's features of some rows.</summary>
    /// <param name="table">The table, for messages.</param>
    /// <param name="column">The column of the table.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="features">All features of all rows, zeros where nothing was written yet.</param>
    /// <param name="width">Features of a row.</param>
    /// <param name="first">The place of the column's first feature in a row.</param>
    /// <param name="counts">Counts what was filled in.</param>
    public abstract void Encode<T>(Table table, TableColumn column, ReadOnlySpan<int> rows, Span<T> features, int width, int first, EncodingCounts counts)
        where T : struct, IFloatingPointIeee754<T>;
}
