using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data;

/// <summary>A grey image on which strokes of a round pen are drawn: for each pixel it keeps the distance to the nearest stroke.</summary>
internal sealed class StrokeCanvas
{
    /// <summary>Over how many pixels the edge of a stroke fades from full ink to none.</summary>
    public const double Softness = 1.0;

    private readonly int rows;
    private readonly int columns;
    private readonly double reach;
    private readonly double[] squaredDistances;

    /// <param name="size">The size of the image.</param>
    /// <param name="reach">The distance in pixels beyond which no stroke is seen.</param>
    public StrokeCanvas(ImageSize size, double reach)
    {
        (rows, columns) = (size.Rows, size.Columns);
        this.reach = reach;
        squaredDistances = new double[rows * columns];
        Clear();
    }

    public void Clear() => squaredDistances.AsSpan().Fill(reach * reach);

    /// <summary>A straight piece of a stroke; pixel (row r, column c) has its centre at y = r, x = c.</summary>
    public void Line((double X, double Y) from, (double X, double Y) to)
    {
        (double dx, double dy) = (to.X - from.X, to.Y - from.Y);
        double squaredLength = (dx * dx) + (dy * dy);
        double inverse = squaredLength > 0 ? 1 / squaredLength : 0;
        (int firstRow, int lastRow) = Range(from.Y, to.Y, rows);
        (int firstColumn, int lastColumn) = Range(from.X, to.X, columns);
        for (int row = firstRow; row <= lastRow; row++)
        {
            double py = row - from.Y;
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                double px = column - from.X;
                double along = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                (double ex, double ey) = (px - (along * dx), py - (along * dy));
                double squared = (ex * ex) + (ey * ey);
                int pixel = (row * columns) + column;
                if (squared < squaredDistances[pixel])
                    squaredDistances[pixel] = squared;
            }
        }
    }

    /// <summary>The ink at a pixel in [0, 1] for a pen of the given radius in pixels.</summary>
    public double Ink(int pixel, double radius) =>
        Math.Clamp(0.5 + ((radius - Math.Sqrt(squaredDistances[pixel])) / Softness), 0, 1);

    private (int First, int Last) Range(double a, double b, int size) =>
        ((int)Math.Max(0, Math.Ceiling(Math.Min(a, b) - reach)), (int)Math.Min(size - 1, Math.Floor(Math.Max(a, b) + reach)));
}
