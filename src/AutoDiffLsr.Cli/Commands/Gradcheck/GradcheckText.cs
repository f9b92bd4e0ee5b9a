using System.Globalization;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck;
using AutoDiffLsr.SelfCheck.Mutants;

namespace AutoDiffLsr.Cli.Commands.Gradcheck;

/// <summary>The tables of a gradient check, as Markdown: they read well on a screen and stand in docs/checking.md as they are.</summary>
internal static class GradcheckText
{
    public static void Write(TextWriter writer, EngineCheckReport report)
    {
        WriteTable(writer, ["checked", "order", "cases", "passed", "kinks", "inconclusive", "worst / tolerance", "seconds"], [.. report.Rows.Select(Row)]);
        foreach (CaseStatistics row in report.Rows.Where(row => row.Failure is not null))
            writer.WriteLine($"\n{row.Failure}");
        writer.WriteLine($"\n{(report.Rows.All(row => row.Failed == 0) ? "No gradient is wrong" : "GRADIENTS ARE WRONG")}: {report.Rows.Sum(row => (long)row.Cases)} cases, seed {report.Seed}.");
        if (report.Mutants is { } mutants)
            WriteMutants(writer, mutants);
    }

    public static void WriteAccuracy(TextWriter writer, IReadOnlyList<AccuracyRow> rows) =>
        WriteTable(writer, ["method", "computed in", "step", "median error", "largest error"], [.. rows.Select(row => new[]
        {
            row.Method, row.Precision, row.Step is { } step ? Number(step) : "chosen", Number(row.Median), Number(row.Largest),
        })]);

    private static void WriteMutants(TextWriter writer, IReadOnlyList<MutantVerdict> mutants)
    {
        string[] others = [.. mutants[0].Others.Keys];
        writer.WriteLine();
        WriteTable(writer, ["planted in", "error", "this", .. others, "seen by"], [.. mutants.Select(mutant => (string[])
        [
            mutant.Operation, mutant.Error, Count(mutant.Caught), .. others.Select(other => Count(mutant.Others[other])), string.Join(", ", mutant.By),
        ])]);
        writer.WriteLine($"\nInputs, of {mutants[0].Inputs} for each error, at which a checker refused the wrong function and took the right one.\n");
        WriteTable(writer, ["checker", "errors caught at some input", "at every input", "right function refused, inputs"],
        [
            ["this", Caught(mutants.Select(mutant => mutant.Caught)), Always(mutants.Select(mutant => mutant.Caught), mutants[0].Inputs), Number(mutants.Sum(mutant => mutant.FalseAlarms))],
            .. others.Select(other => (string[])
            [
                other,
                Caught(mutants.Select(mutant => mutant.Others[other])),
                Always(mutants.Select(mutant => mutant.Others[other]), mutants[0].Inputs),
                Number(mutants.Sum(mutant => mutant.OthersFalseAlarms[other])),
            ]),
        ]);
    }

    private static string Caught(IEnumerable<int> counts) => $"{counts.Count(count => count > 0)} of {counts.Count()}";

    private static string Always(IEnumerable<int> counts, int inputs) => $"{counts.Count(count => count == inputs)}";

    private static string Count(int count) => count == 0 ? "-" : Number(count);

    private static string[] Row(CaseStatistics row) =>
    [
        row.Name, Number(row.Order), Number(row.Cases), Number(row.Passed), Number(row.Kinks), Number(row.Inconclusive), row.Worst.ToString("G2", CultureInfo.InvariantCulture),
        row.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
    ];

    private static string Number(double value) => value.ToString(value == Math.Floor(value) ? "F0" : "0.0e0", CultureInfo.InvariantCulture);

    private static void WriteTable(TextWriter writer, string[] header, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. header.Select((title, column) => Math.Max(title.Length, rows.Select(row => row[column].Length).DefaultIfEmpty(0).Max()))];
        WriteLine(header);
        WriteLine([.. widths.Select(width => new string('-', width))]);
        foreach (string[] row in rows)
            WriteLine(row);

        void WriteLine(string[] cells) => writer.WriteLine($"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |");
    }
}
