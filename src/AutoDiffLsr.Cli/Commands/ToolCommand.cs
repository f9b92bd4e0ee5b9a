using System.CommandLine;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Commands;

/// <summary>A command of the tool. Errors are exceptions: <see cref="Failures.FailureReport"/> turns them into a line and an exit code.</summary>
internal abstract class ToolCommand : Command
{
    private readonly List<(string Title, IReadOnlyList<Option> Options)> sections = [];

    /// <summary>A command.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="name">The word that calls it.</param>
    /// <param name="description">What it does, for the help.</param>
    protected ToolCommand(CommandContext context, string name, string description)
        : base(name, description)
    {
        Context = context;
        SetAction(arguments =>
        {
            OutputPaths.Check(Options, arguments);
            return Run(arguments);
        });
    }

    protected CommandContext Context { get; }

    /// <summary>Does the work.</summary>
    /// <param name="arguments">The parsed arguments.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult arguments);

    /// <summary>Commands that show what it is for.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>The headings of the help with their options, in its order; options in none stand under a heading of their own.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Sections => sections;

    /// <summary>Adds groups of options that several commands share.</summary>
    protected void AddGroups(params ReadOnlySpan<IOptionGroup> groups)
    {
        foreach (IOptionGroup group in groups)
        {
            sections.Add((group.Title, [.. group.Options]));
            foreach (Option option in group.Options)
                Add(option);
        }
    }
}
