using System.CommandLine;
using System.Text.Json;
using AutoDiffLsr.Cli.Commands.Inspect;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;

namespace AutoDiffLsr.Cli.Commands.Diff;

/// <summary>Says what differs between two runs: settings, what they were run on and with, columns and metrics.</summary>
internal sealed class DiffCommand : ToolCommand
{
    private readonly Argument<string> first = new("A") { Description = "The folder of a run, or a file that it left." };

    private readonly Argument<string> second = new("B") { Description = "Another one." };

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    public DiffCommand(CommandContext context)
        : base(context, "diff", "Says what differs between two runs: settings, columns and metrics.")
    {
        Add(first);
        Add(second);
        Add(json);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr diff run-1 run-2",
        "autodiff-lsr diff run-1/model.safetensors run-2/model.safetensors --json -",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        RunDifference difference = RunDifference.Of(Artefact.Read(arguments.GetRequiredValue(first)), Artefact.Read(arguments.GetRequiredValue(second)));
        JsonTarget target = new(arguments.GetValue(json), Context.Terminal);
        target.Write(writer => Write(writer, difference));
        if (!target.IsStandardOutput)
            Write(Context.Terminal.Output, difference);
        return ExitCode.Done;
    }

    private static void Write(TextWriter output, RunDifference difference)
    {
        output.WriteLine($"A: {difference.A}");
        output.WriteLine($"B: {difference.B}");
        foreach ((string title, IReadOnlyList<Entry> entries) in difference.Sections)
        {
            output.WriteLine();
            output.WriteLine(entries.Count == 0 ? $"{title}: no difference" : title);
            foreach (string line in entries.Count == 0 ? [] : TextTable.Aligned(["", "A", "B", "B - A"], entries.Select(entry => (IReadOnlyList<string>)[entry.Name, entry.A ?? "", entry.B ?? "", entry.Change ?? ""])))
                output.WriteLine(line.TrimEnd());
        }
    }

    private static void Write(Utf8JsonWriter writer, RunDifference difference)
    {
        writer.WriteStartObject();
        writer.WriteString("a", difference.A);
        writer.WriteString("b", difference.B);
        foreach ((string title, IReadOnlyList<Entry> entries) in difference.Sections)
        {
            writer.WriteStartArray(title);
            foreach (Entry entry in entries)
            {
                writer.WriteStartObject();
                writer.WriteString("name", entry.Name);
                Write(writer, "a", entry.A, entry.NumberA);
                Write(writer, "b", entry.B, entry.NumberB);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? text, double? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteString(name, text);
    }
}
