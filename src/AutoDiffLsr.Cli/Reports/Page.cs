using System.Globalization;
using System.Net;
using System.Text;
using AutoDiffLsr.Cli.Figures;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>
/// A page in one file: no network, light and dark, for a screen of any width and for paper. Built from top to bottom; all text given to it is plain text.
/// </summary>
internal sealed class Page(string title)
{
    private readonly StringBuilder body = new();
    private int figures;

    public Page Heading(string text)
    {
        body.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(text)}</h2>\n");
        return this;
    }

    public Page Text(string text)
    {
        body.Append(CultureInfo.InvariantCulture, $"<p>{Escape(text)}</p>\n");
        return this;
    }

    /// <summary>A remark in smaller letters.</summary>
    public Page Note(string text)
    {
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Escape(text)}</p>\n");
        return this;
    }

    /// <summary>A command line or other text whose breaks and spaces count.</summary>
    public Page Code(string text)
    {
        body.Append(CultureInfo.InvariantCulture, $"<pre>{Escape(text)}</pre>\n");
        return this;
    }

    /// <summary>Charts side by side, as many as the screen has room for.</summary>
    public Page Charts(params IReadOnlyList<Chart> charts)
    {
        body.Append("<div class=\"charts\">\n");
        foreach (Chart chart in charts)
            ChartFigure.Append(body, chart, $"g{figures++}-");
        body.Append("</div>\n");
        return this;
    }

    /// <summary>Numbers in columns, the first column words.</summary>
    public Page Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) => Table("", heads, rows);

    /// <summary>Names and what they stand for.</summary>
    public Page Facts(IEnumerable<(string Name, string Value)> facts) => Table(" class=\"words\"", [], facts.Select(fact => new[] { fact.Name, fact.Value }));

    /// <summary>Whatever writes itself.</summary>
    public Page Add(Action<StringBuilder> append)
    {
        append(body);
        return this;
    }

    public string ToHtml() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Escape(title)}</title>
        <link rel="icon" href="data:,">
        <style>
        {Assets.Css}{Palette.Css()}
        </style>
        </head>
        <body>
        <h1>{Escape(title)}</h1>
        {body}<script>
        {Assets.Script}</script>
        </body>
        </html>

        """;

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private Page Table(string attributes, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        body.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\"><table{attributes}>\n");
        if (heads.Count > 0)
            body.Append(CultureInfo.InvariantCulture, $"<thead><tr>{string.Concat(heads.Select(head => $"<th>{Escape(head)}</th>"))}</tr></thead>\n");
        foreach (IReadOnlyList<string> row in rows)
            body.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{Escape(cell)}</td>"))}</tr>\n");
        body.Append("</table></div>\n");
        return this;
    }
}
