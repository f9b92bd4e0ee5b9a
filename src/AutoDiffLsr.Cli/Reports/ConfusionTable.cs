using System.Globalization;
using System.Text;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>Which class was taken for which, as a table whose cells are the darker the more samples they have.</summary>
internal static class ConfusionTable
{
    private const int MostClasses = 30, MostPairs = 20;

    /// <summary>Adds the table; of many classes only the pairs that were mixed up most.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="evaluation">What counted them.</param>
    /// <param name="names">The names of the classes.</param>
    public static void Append(Page page, Evaluation evaluation, IReadOnlyList<string> names)
    {
        if (names.Count <= MostClasses)
            page.Add(html => AppendMatrix(html, evaluation.ConfusionMatrix(), names)).Note("Rows are the true classes, columns the predicted ones.");
        else
            page.Table(["true", "predicted", "samples"], Mistakes(evaluation).Select(pair => (IReadOnlyList<string>)[names[pair.Label], names[pair.Predicted], Text(pair.Count)]));
    }

    private static void AppendMatrix(StringBuilder html, long[,] counts, IReadOnlyList<string> names)
    {
        html.Append("<div class=\"scroll\"><table class=\"heat\">\n<thead><tr><th></th>");
        foreach (string name in names)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Page.Escape(name)}</th>");
        html.Append("</tr></thead>\n");
        for (int label = 0; label < names.Count; label++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Page.Escape(names[label])}</th>");
            long total = Math.Max(1, Enumerable.Range(0, names.Count).Sum(predicted => counts[label, predicted]));
            for (int predicted = 0; predicted < names.Count; predicted++)
                AppendCell(html, counts[label, predicted], (double)counts[label, predicted] / total, label == predicted);
            html.Append("</tr>\n");
        }

        html.Append("</table></div>\n");
    }

    /// <summary>The root of the share, so that few mistakes show too; at most so dark that the number stays readable.</summary>
    private static void AppendCell(StringBuilder html, long count, double share, bool isRight)
    {
        string shade = count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" style=\"background:rgba(var(--{(isRight ? "heat" : "wrong")}),{0.06 + (0.34 * Math.Sqrt(share)):0.##})\"");
        html.Append(CultureInfo.InvariantCulture, $"<td{shade}>{(count == 0 ? "" : Text(count))}</td>");
    }

    private static IEnumerable<Confusion> Mistakes(Evaluation evaluation) =>
        evaluation.Confusions.Where(pair => pair.Label != pair.Predicted).OrderByDescending(pair => pair.Count).Take(MostPairs);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
