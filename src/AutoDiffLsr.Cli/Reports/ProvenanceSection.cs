using AutoDiffLsr.Cli.Provenance;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>Where a report comes from, for people, and as JSON for inspect and diff.</summary>
internal static class ProvenanceSection
{
    private const string Begin = $"<script type=\"application/json\" id=\"{RunProvenance.Key}\">", End = "</script>";

    /// <summary>Appends the section: the command at its end runs again unchanged.</summary>
    public static void Append(Page page, RunProvenance provenance) => page.Heading("Provenance")
        .Facts(Facts(provenance))
        .Note("This makes the run again, from the same folder, into a new one:")
        .Code(provenance.Reproduce)
        .Add(html => html.Append(Begin).Append(provenance.ToJson().Replace("<", "\\u003c", StringComparison.Ordinal)).Append(End).Append('\n'));

    /// <summary>The record in a report; null where there is none.</summary>
    public static RunProvenance? Find(string html)
    {
        int begin = html.LastIndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : html.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? null : RunProvenance.Parse(html[(begin + Begin.Length)..end]);
    }

    /// <summary>Names and values, for a table or lines.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(RunProvenance provenance)
    {
        yield return ("tool", $"{provenance.Tool} {provenance.Version}{(provenance.Commit is { } commit ? $", commit {commit}" : "")}");
        yield return ("date", provenance.Date);
        yield return ("command", provenance.Command);
        if (provenance.Data is { } data)
            yield return ("data", data.ToString());
        yield return ("settings", string.Join(", ", provenance.Settings.Select(setting => $"{setting.Key} {setting.Value}")));
        yield return ("machine", FormattableString.Invariant($"{provenance.Processor}, {provenance.Instructions}, {provenance.Threads} threads; {provenance.Runtime}; {provenance.System}"));
    }
}
