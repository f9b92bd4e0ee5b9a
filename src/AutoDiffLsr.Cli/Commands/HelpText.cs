using System.Collections;
using System.CommandLine;
using System.Globalization;

namespace AutoDiffLsr.Cli.Commands;

/// <summary>The help of a command: how it is called, its options under headings with their defaults once, and examples; in lines of any width.</summary>
internal sealed class HelpText(TextWriter output, int width)
{
    private const int NarrowestWithTwoColumns = 70, Left = 32, Widest = 120, Indent = 2;

    private readonly int width = Math.Clamp(width, 20, Widest);

    /// <summary>Writes the help.</summary>
    public void Write(Command command)
    {
        Paragraph(command.Description ?? "", 0);
        output.WriteLine();
        output.WriteLine("Usage:");
        Paragraph(Usage(command), Indent);
        if (command.Subcommands.Count > 0)
            Section("Commands", command.Subcommands.Select(inner => (inner.Name, inner.Description ?? "")));
        if (command.Arguments.Count > 0)
            Section("Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> sections = (command as ToolCommand)?.Sections ?? [];
        Option[] others = [.. command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal) && !sections.Any(section => section.Options.Contains(option)))];
        foreach ((string title, IReadOnlyList<Option> options) in sections)
            Section(title, options.Select(Entry));
        if (others.Length > 0)
            Section("Options", others.Select(Entry));
        Examples(command);
    }

    private static string Usage(Command command)
    {
        string path = string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(parent => parent.Name).Append(command is RootCommand ? "" : command.Name)).Trim();
        string arguments = string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? $" {argument.Name}" : $" [{argument.Name}]"));
        string required = string.Concat(command.Options.Where(option => option.Required).Select(option => $" {option.Name} {option.HelpName}"));
        return $"autodiff-lsr {path}{arguments}{required} {(command.Subcommands.Count > 0 ? "COMMAND" : "[options]")}".Replace("  ", " ", StringComparison.Ordinal);
    }

    private static (string, string) Entry(Option option)
    {
        string aliases = string.Concat(option.Aliases.Where(alias => alias.StartsWith('-') && !alias.StartsWith("--", StringComparison.Ordinal)).Select(alias => $", {alias}"));
        string value = option.ValueType == typeof(bool) || option.HelpName is null ? "" : $" {option.HelpName}";
        return ($"{option.Name}{aliases}{value}", $"{option.Description}{Default(option)}");
    }

    /// <summary>Where the description does not say it already.</summary>
    private static string Default(Option option)
    {
        if (!option.HasDefaultValue || option.ValueType == typeof(bool) || option.Description?.Contains("default", StringComparison.Ordinal) == true)
            return option.Required ? " (required)" : "";
        string? text = option.GetDefaultValue() switch
        {
            null => null,
            string one => one,
            IEnumerable many => string.Join(',', many.Cast<object>().Select(each => Convert.ToString(each, CultureInfo.InvariantCulture))),
            object other => Convert.ToString(other, CultureInfo.InvariantCulture),
        };
        return string.IsNullOrEmpty(text) ? "" : $" (default: {text})";
    }

    private void Section(string title, IEnumerable<(string Name, string Text)> entries)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach ((string name, string text) in entries)
        {
            string first = new string(' ', Indent) + name;
            if (width < NarrowestWithTwoColumns || first.Length + 2 > Left)
            {
                output.WriteLine(first);
                Paragraph(text, width < NarrowestWithTwoColumns ? 2 * Indent : Left);
                continue;
            }

            Paragraph(text, Left, first.PadRight(Left));
        }
    }

    private void Examples(Command command)
    {
        IReadOnlyList<string> examples = (command as ToolCommand)?.Examples ?? (command is RootCommand ? ["autodiff-lsr train --data digits", "autodiff-lsr help train"] : []);
        if (examples.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (string example in examples)
            output.WriteLine(new string(' ', Indent) + example);
    }

    /// <summary>Words in lines that begin behind this many spaces, the first one behind other text of that length.</summary>
    private void Paragraph(string text, int indent, string? first = null)
    {
        string line = first ?? new string(' ', indent);
        bool isEmpty = true;
        foreach (string word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                output.WriteLine(line);
                (line, isEmpty) = (new string(' ', indent), true);
            }

            line += isEmpty ? word : $" {word}";
            isEmpty = false;
        }

        output.WriteLine(line.TrimEnd());
    }
}
