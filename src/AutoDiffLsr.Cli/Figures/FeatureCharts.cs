using System.Globalization;
using AutoDiffLsr.Experiments.Projections;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>Penultimate features as points, a colour for each class and its name at its middle.</summary>
internal static class FeatureCharts
{
    /// <summary>A t-SNE.</summary>
    public static Chart TSne(string title, TSneResult result, int[] labels, IReadOnlyList<string> classNames) => Create(
        $"{title}, t-SNE", result.Positions, labels, [.. Enumerable.Range(0, classNames.Count)], classNames, new ChartAxis("") { HidesNumbers = true }, new ChartAxis("") { HidesNumbers = true });

    /// <summary>The projection onto the plane of three classes; only their samples are shown.</summary>
    public static Chart Plane(string title, Matrix<double> positions, int[] labels, IReadOnlyList<int> classes, IReadOnlyList<string> classNames) => Create(
        $"{title}, plane of {string.Join(", ", classes.Select(c => classNames[c]))}",
        positions,
        labels,
        classes,
        classNames,
        new ChartAxis(string.Create(CultureInfo.InvariantCulture, $"from {classNames[classes[0]]} to {classNames[classes[1]]}")),
        new ChartAxis(string.Create(CultureInfo.InvariantCulture, $"towards {classNames[classes[2]]}")));

    private static Chart Create(
        string title, Matrix<double> positions, int[] labels, IReadOnlyList<int> classes, IReadOnlyList<string> classNames, ChartAxis x, ChartAxis y) =>
        new(title, x, y, [.. classes.Select(c => Series(c, classNames[c], positions, labels)).Where(series => series.X.Count > 0)]) { IsSquare = true };

    private static ChartSeries Series(int c, string name, Matrix<double> positions, int[] labels)
    {
        int[] members = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == c)];
        return new ChartSeries(name, [.. members.Select(i => positions[i, 0])], [.. members.Select(i => positions[i, 1])])
        {
            Kind = SeriesKind.Points,
            Colour = Palette.Category(c),
            Label = name,
        };
    }
}
