using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>A chart in OxyPlot's terms. Its colours are marks, which <see cref="ChartSvg"/> turns into names of colours.</summary>
internal static class ChartModel
{
    public const string Font = "Helvetica";
    public static readonly OxyColor Grid = OxyColor.FromRgb(251, 0, 0);
    public const double LabelSize = 14;
    private const double FontSize = 12;

    /// <summary>The mark of a series.</summary>
    public static OxyColor Mark(int series) => OxyColor.FromRgb(250, (byte)(series / 256), (byte)(series % 256));

    public static PlotModel Create(Chart chart)
    {
        PlotModel model = new()
        {
            Title = chart.Title,
            TitleFontSize = 13,
            DefaultFont = Font,
            DefaultFontSize = FontSize,
            PlotType = chart.IsSquare ? PlotType.Cartesian : PlotType.XY,
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
            Padding = new OxyThickness(18, 6, 12, 6),
        };
        model.Axes.Add(CreateAxis(chart.X, AxisPosition.Bottom));
        model.Axes.Add(CreateAxis(chart.Y, AxisPosition.Left));
        for (int i = 0; i < chart.Series.Count; i++)
        {
            model.Series.Add(Create(chart.Series[i], Mark(i)));
            if (chart.Series[i].Label is { } label)
                model.Annotations.Add(Label(label, chart.Series[i]));
        }

        return model;
    }

    private static Axis CreateAxis(ChartAxis axis, AxisPosition position)
    {
        Axis made = axis.IsLogarithmic ? new LogarithmicAxis { UseSuperExponentialFormat = false } : new LinearAxis();
        made.Position = position;
        made.Title = axis.Title;
        made.MajorGridlineStyle = LineStyle.Solid;
        made.MajorGridlineColor = Grid;
        made.MinorTickSize = 0;
        made.MajorTickSize = 3;
        made.AxisTitleDistance = 6;
        made.Minimum = axis.Minimum ?? double.NaN;
        made.Maximum = axis.Maximum ?? double.NaN;
        made.LabelFormatter = axis.HidesNumbers ? static _ => "" : NumberText;
        made.MinimumPadding = made.MaximumPadding = position == AxisPosition.Bottom ? 0.01 : 0.04;
        if (axis.HidesNumbers)
            made.TickStyle = TickStyle.None;
        return made;
    }

    /// <summary>5, 0.25, 10k, 250k, 2M: short enough for a phone.</summary>
    private static string NumberText(double value)
    {
        double size = Math.Abs(value);
        return size switch
        {
            >= 1e9 => Invariant(value / 1e9) + "G",
            >= 1e6 => Invariant(value / 1e6) + "M",
            >= 1e4 => Invariant(value / 1e3) + "k",
            < 1e-12 => "0",
            < 1e-4 => value.ToString("0.#e-0", CultureInfo.InvariantCulture),
            _ => Invariant(value),
        };
    }

    private static string Invariant(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static Series Create(ChartSeries series, OxyColor mark) => series.Kind switch
    {
        SeriesKind.Points => Points(series, mark),
        SeriesKind.Bars => Bars(series, mark),
        _ => Line(series, mark),
    };

    private static LineSeries Line(ChartSeries series, OxyColor mark)
    {
        LineSeries line = new()
        {
            Title = series.Name,
            Color = mark,
            StrokeThickness = 2,
            LineStyle = series.IsDashed ? LineStyle.Dash : LineStyle.Solid,
            LineJoin = LineJoin.Round,
            MarkerType = series.HasMarkers || series.X.Count == 1 ? MarkerType.Circle : MarkerType.None,
            MarkerFill = mark,
            MarkerSize = 2.5,
        };
        for (int i = 0; i < series.X.Count; i++)
            line.Points.Add(double.IsFinite(series.Y[i]) ? new DataPoint(series.X[i], series.Y[i]) : DataPoint.Undefined);
        return line;
    }

    private static ScatterSeries Points(ChartSeries series, OxyColor mark)
    {
        ScatterSeries points = new() { Title = series.Name, MarkerType = MarkerType.Circle, MarkerSize = 1.8, MarkerFill = mark };
        for (int i = 0; i < series.X.Count; i++)
            points.Points.Add(new ScatterPoint(series.X[i], series.Y[i]));
        return points;
    }

    private static RectangleBarSeries Bars(ChartSeries series, OxyColor mark)
    {
        RectangleBarSeries bars = new() { Title = series.Name, FillColor = OxyColor.FromAColor(150, mark), StrokeColor = mark, StrokeThickness = 1 };
        for (int i = 0; i < series.X.Count; i++)
        {
            if (double.IsFinite(series.Y[i]))
                bars.Items.Add(new RectangleBarItem(series.X[i] - (series.BarWidth / 2), 0, series.X[i] + (series.BarWidth / 2), series.Y[i]));
        }

        return bars;
    }

    private static TextAnnotation Label(string text, ChartSeries series) => new()
    {
        Text = text,
        TextPosition = new DataPoint(Median(series.X), Median(series.Y)),
        FontWeight = 700,
        FontSize = LabelSize,
        StrokeThickness = 0,
        TextHorizontalAlignment = HorizontalAlignment.Center,
        TextVerticalAlignment = VerticalAlignment.Middle,
        Layer = AnnotationLayer.AboveSeries,
    };

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
