using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.Table;
using AutoDiffLsr.Tests.Support;
using FsCheck.Fluent;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>Makes docs/operations.md: formulas and rules from the comments of the source, domains, kinks and orders from the table that the self-check runs, costs from docs/performance.md.</summary>
internal static partial class OperationsPage
{
    public const string Path = "docs/operations.md";

    public static string Make()
    {
        StringBuilder page = new("""
            # Operations

            Everything that can be differentiated, generated from the source: `AUTODIFFLSR_WRITE_DOCS=1 dotnet test tests/AutoDiffLsr.Tests --filter OperationsPage` writes this page, and a test fails when it is stale.

            - **Formula** and **rule** are the summary of the operation in its file: y of the inputs, then the gradients of the inputs (dx, da, db) from dy. Capitals are whole matrices, small letters single entries. N x C is N rows and C columns.
              A rule is exact at any order, because it is written with operations.
            - **Domain** is where the inputs are drawn when the operation is checked: *real* is the usual numbers, *moderate* those whose exponential is in range.
            - **Kinks**: whether the operation reports on which side of a kink, a tie or a jump each entry is. At a kink a check asks for a slope between those left and right ([checking.md](checking.md), section 3).
            - **Checked** is the highest order of derivative that `autodiff-lsr gradcheck` compares with numerical derivatives at random inputs, and in which types.

            """);
        page.Append('\n');
        IReadOnlyList<OperationSource> sources = OperationSource.Read();
        IReadOnlyDictionary<string, string> families = OperationSource.Families();
        string[] offered = [.. PublicSurface.Operations()];
        foreach (IGrouping<string, OperationSource> family in sources.Where(source => offered.Contains(source.Key)).GroupBy(source => source.Family).OrderBy(family => family.Key == "Variable" ? "" : family.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {(family.Key == "Variable" ? "Operators" : family.Key)}\n\n{families.GetValueOrDefault(family.Key, "Members of `Variable<T>`; sides of length 1 are repeated to a common shape.")}\n\n");
            page.Append("| operation | formula | rule | domain | kinks | checked |\n|---|---|---|---|---|---|\n");
            foreach (OperationSource source in family)
            {
                OperationLine[] lines = [.. OperationTable.Lines.Where(line => line.Covers.Contains(source.Key))];
                page.Append(CultureInfo.InvariantCulture, $"| `{source.Call}` | {Cell(source.Formula)} | {Cell(source.Rule)} | {Domains(lines)} | {(lines.Any(line => Trial.Of(line).NotesBranches) ? "yes" : "")} | {Checked(lines)} |\n");
            }

            page.Append('\n');
        }

        Losses(page);
        return page.ToString();
    }

    /// <summary>Where a loss or a product was measured beside PyTorch, the rows of docs/performance.md with one thread.</summary>
    private static void Losses(StringBuilder page)
    {
        page.Append("## Cost against PyTorch\n\nWhat was measured as a call of its own, forward and backward, one thread each: rows of the table in [performance.md](performance.md), which names machine, date, versions and command. Other operations were measured inside training steps only.\n\n");
        page.Append("| operation | size | ours, µs | PyTorch, µs | PyTorch's time divided by ours |\n|---|---|---|---|---|\n");
        string table = Repository.Read("docs/performance.md").Split("<!-- compare table", 2)[1].Split("2 thread(s); minimum", 2)[0];
        foreach (Match row in MeasuredRow().Matches(table))
            page.Append(CultureInfo.InvariantCulture, $"| {Measured(row.Groups[1].Value)} | {row.Groups[2].Value.Replace("x", " x ", StringComparison.Ordinal)} | {row.Groups[3].Value} | {row.Groups[4].Value} | {row.Groups[5].Value} |\n");
    }

    private static string Measured(string name) => name switch
    {
        "loss ce" => "`CrossEntropy`",
        "loss lsr" => "`LabelSmoothing`",
        "loss sparse-lsr" => "`SparseLabelSmoothing`",
        "product" => "`a.MatMul(b)`, forward",
        _ => name,
    };

    private static string Domains(OperationLine[] lines) => string.Join(", or ", lines.Select(line => line.Domains.Select(domain => domain.Name).Distinct().ToArray() is [var only] ? only : string.Join(" and ", line.Domains.Select(domain => domain.Name))).Distinct());

    private static string Checked(OperationLine[] lines) => lines.Length == 0 ? "" : $"{new CheckOptions().Order}{(lines.All(line => Trial.Of(line).HasSingle) ? ", double and float" : ", double")}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"^(loss [a-z-]+|product) (\d+x\d+(?:x\d+)?) +([0-9.]+) \([0-9.]+\) +([0-9.]+) \([0-9.]+\) +([0-9.]+)x", RegexOptions.Multiline)]
    private static partial Regex MeasuredRow();

    /// <summary>What shows when an operation runs at some of the inputs that the self-check draws.</summary>
    private sealed record Trial(bool NotesBranches, bool HasSingle)
    {
        public static Trial Of(OperationLine line)
        {
            bool notes = false, single = true;
            for (int draw = 0; draw < 6; draw++)
            {
                Shape[] shapes = line.Shapes.Sample(1, 6).Single();
                FunctionUse use = line.Use(shapes)!.Sample(1, 6).Single();
                using Tape<double> tape = new() { Branches = new BranchSignature() };
                Variable<double>[] inputs = [.. shapes.Select((shape, i) => tape.Variable(Generators.Matrix(shape, line.Domains[i]).Sample(1, 6).Single()))];
                use.Compute(tape, inputs);
                notes |= tape.Branches.Hash != new BranchSignature().Hash;
                single &= use.ComputeSingle is not null;
            }

            return new Trial(notes, single);
        }
    }
}
