namespace AutoDiffLsr.Autodiff;

/// <summary>The size of a matrix: rows x columns. A batch is N x features: a sample is a row.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
public readonly record struct Shape(int Rows, int Columns)
{
    /// <summary>1x1, the shape of a loss.</summary>
    public static Shape Scalar => new(1, 1);

    /// <summary>The number of entries.</summary>
    public int Count => Rows * Columns;

    /// <summary>The shape of the transposed matrix.</summary>
    public Shape Transposed => new(Columns, Rows);

    /// <summary>
    /// The shape that two matrices have in common when sides of length 1 are repeated, as NumPy broadcasts: 3x4 and 1x4 give 3x4, 3x1 and 1x4 too.
    /// </summary>
    /// <param name="a">One shape.</param>
    /// <param name="b">The other.</param>
    /// <param name="common">The common shape, where there is one.</param>
    /// <returns>Whether each side is equal or 1 in one of the two.</returns>
    public static bool TryBroadcast(Shape a, Shape b, out Shape common)
    {
        common = new Shape(a.Rows == 1 ? b.Rows : a.Rows, a.Columns == 1 ? b.Columns : a.Columns);
        return a.BroadcastsTo(common) && b.BroadcastsTo(common);
    }

    /// <summary>Whether a matrix of this shape, its sides of length 1 repeated, fills <paramref name="target"/>.</summary>
    /// <param name="target">The larger shape.</param>
    /// <returns>Whether each side is equal or 1.</returns>
    public bool BroadcastsTo(Shape target) =>
        (Rows == target.Rows || Rows == 1) && (Columns == target.Columns || Columns == 1);

    /// <summary>"3x4".</summary>
    public override string ToString() => $"{Rows}x{Columns}";
}
