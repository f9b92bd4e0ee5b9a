using System.Text.Json;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.SelfCheck;

namespace AutoDiffLsr.Cli.Commands.Gradcheck;

/// <summary>{"passed", "seed", "rows": [{"name", "order", "cases", "failed", "inconclusive", "kinks", "worst"}], "mutants": {"planted", "caught"}}</summary>
internal static class GradcheckJson
{
    public static void Write(Utf8JsonWriter writer, EngineCheckReport report)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passed", report.Passed);
        writer.WriteNumber("seed", report.Seed);
        writer.WriteStartArray("rows");
        foreach (CaseStatistics row in report.Rows)
            WriteRow(writer, row);
        writer.WriteEndArray();
        if (report.Mutants is { } mutants)
        {
            writer.WriteStartObject("mutants");
            writer.WriteNumber("planted", mutants.Count);
            writer.WriteNumber("caught", mutants.Count(mutant => mutant.Caught > 0));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, CaseStatistics row)
    {
        writer.WriteStartObject();
        writer.WriteString("name", row.Name);
        writer.WriteNumber("order", row.Order);
        writer.WriteNumber("cases", row.Cases);
        writer.WriteNumber("failed", row.Failed);
        writer.WriteNumber("inconclusive", row.Inconclusive);
        writer.WriteNumber("kinks", row.Kinks);
        writer.WritePropertyName("worst");
        writer.Write(row.Worst);
        if (row.Failure is not null)
            writer.WriteString("failure", row.Failure);
        writer.WriteEndObject();
    }
}
