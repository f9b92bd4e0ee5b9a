using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Cli.Reports;

namespace AutoDiffLsr.Cli.Commands.Plot;

/// <summary>Figures as files: each chart an SVG file, and all of them on a page.</summary>
internal static class FigureFiles
{
    public const string Page = "report.html";

    /// <summary>Writes the charts under their names.</summary>
    public static void Save(OutputFolder folder, IEnumerable<(string Name, Chart Chart)> charts)
    {
        foreach ((string name, Chart chart) in charts)
            folder.Write($"{name}.svg", ChartSvg.RenderFile(chart));
    }

    public static void Save(OutputFolder folder, Page page) => folder.Write(Page, page.ToHtml());
}
