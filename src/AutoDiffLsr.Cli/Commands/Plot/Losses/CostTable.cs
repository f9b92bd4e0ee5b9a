using System.Globalization;
using System.Text;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments;

namespace AutoDiffLsr.Cli.Commands.Plot.Losses;

/// <summary>Measured costs as lines, columns and charts.</summary>
internal static class CostTable
{
    private static readonly LossCostMethod[] Methods = Enum.GetValues<LossCostMethod>();

    public static string Head { get; } = $"{"classes",8} {"rows",5}   {string.Join("   ", Methods.Select(method => $"{Short(method),24}"))}";

    public static IReadOnlyList<string> Columns { get; } =
        ["classes", "rows", .. Methods.Select(method => $"{Name(method)}, ms"), .. Methods.Select(method => $"{Name(method)}, kB"), "ours faster than one-hot LSR", "than published SparseLSR", "than LSR in one pass"];

    /// <summary>One number of classes, for the screen.</summary>
    public static string Line(IEnumerable<LossCost> costs)
    {
        LossCost[] all = [.. costs];
        return string.Create(CultureInfo.InvariantCulture, $"{all[0].Classes,8} {all[0].Rows,5}   {string.Join("   ", all.Select(Cell))}");
    }

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<LossCost> costs) => costs.Chunk(Methods.Length).Select(row => (IReadOnlyList<string>)
    [
        Text(row[0].Classes, "0"),
        Text(row[0].Rows, "0"),
        .. row.Select(cost => Text(1e3 * cost.Seconds, "0.000")),
        .. row.Select(cost => Text(cost.Bytes / 1e3, "0.0")),
        .. row.SkipLast(1).Select(cost => Text(cost.Seconds / row[^1].Seconds, "0.00") + "x"),
    ]);

    public static string Csv(IEnumerable<LossCost> costs)
    {
        StringBuilder csv = new("method,classes,rows,seconds,bytes\n");
        foreach (LossCost cost in costs)
            csv.Append(CultureInfo.InvariantCulture, $"{Short(cost.Method)},{cost.Classes},{cost.Rows},{cost.Seconds:R},{cost.Bytes}\n");
        return csv.ToString();
    }

    public static IEnumerable<(string Name, Chart Chart)> Charts(IReadOnlyList<LossCost> costs)
    {
        ChartAxis classes = new("classes") { IsLogarithmic = true };
        yield return ("cost-time", new Chart("Time of a row, value and gradient", classes, new ChartAxis("microseconds") { IsLogarithmic = true }, Series(costs, cost => 1e6 * cost.Seconds / cost.Rows)));
        yield return ("cost-memory", new Chart("Memory of a row", classes, new ChartAxis("bytes") { IsLogarithmic = true }, Series(costs, cost => (double)cost.Bytes / cost.Rows)));
    }

    private static ChartSeries[] Series(IReadOnlyList<LossCost> costs, Func<LossCost, double> value) =>
    [
        .. Methods.Select(method => (Method: method, Costs: costs.Where(cost => cost.Method == method).ToArray())).Select(group =>
            new ChartSeries(Name(group.Method), [.. group.Costs.Select(cost => (double)cost.Classes)], [.. group.Costs.Select(value)])
            {
                HasMarkers = true,
                IsDashed = group.Method == LossCostMethod.MarginSparse,
            }),
    ];

    private static string Cell(LossCost cost) => string.Create(CultureInfo.InvariantCulture, $"{1e3 * cost.Seconds,10:0.000} ms {cost.Bytes / 1e3,8:0} kB");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Short(LossCostMethod method) => method switch
    {
        LossCostMethod.OneHotLabelSmoothing => "lsr-one-hot",
        LossCostMethod.PublishedSparse => "sparse-lsr-published",
        LossCostMethod.FusedLabelSmoothing => "lsr-one-pass",
        _ => "sparse-lsr-ours",
    };

    private static string Name(LossCostMethod method) => method switch
    {
        LossCostMethod.OneHotLabelSmoothing => "LSR, one-hot",
        LossCostMethod.PublishedSparse => "SparseLSR, published structure",
        LossCostMethod.FusedLabelSmoothing => "LSR, one pass",
        _ => "SparseLSR, ours",
    };
}
