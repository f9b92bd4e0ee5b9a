using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AutoDiffLsr.Cli.Commands;
using AutoDiffLsr.Cli.Commands.Bench;
using AutoDiffLsr.Cli.Commands.Compare;
using AutoDiffLsr.Cli.Commands.Completion;
using AutoDiffLsr.Cli.Commands.Diff;
using AutoDiffLsr.Cli.Commands.Evaluate;
using AutoDiffLsr.Cli.Commands.Export;
using AutoDiffLsr.Cli.Commands.Gradcheck;
using AutoDiffLsr.Cli.Commands.Inspect;
using AutoDiffLsr.Cli.Commands.Loss;
using AutoDiffLsr.Cli.Commands.Plot;
using AutoDiffLsr.Cli.Commands.Predict;
using AutoDiffLsr.Cli.Commands.Search;
using AutoDiffLsr.Cli.Commands.Train;
using AutoDiffLsr.Cli.Commands.Worker;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Experiments.Search.Running;

namespace AutoDiffLsr.Cli;

/// <summary>The tool as a function: arguments in, exit code out. All that the process itself adds is in Program.cs.</summary>
internal static class Application
{
    /// <summary>A file name that begins with @ is a file name, not a list of arguments.</summary>
    private static ParserConfiguration Parser { get; } = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs one command.</summary>
    /// <param name="arguments">The words behind the tool's name.</param>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="armInterruption">See <see cref="CommandContext"/>.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, Func<CancellationToken> armInterruption)
    {
        try
        {
            return Invoke(SettingsFile.Expand(Parse(arguments, new CommandContext(terminal, armInterruption)), Parser), terminal);
        }
        catch (Exception error)
        {
            return FailureReport.Write(error, terminal.Error);
        }
    }

    /// <summary>The commands of the tool: a new one is a class in Commands and a line here.</summary>
    private static Command[] Commands(CommandContext context) =>
    [
        new TrainCommand(context),
        new CompareCommand(context),
        new PredictCommand(context),
        new EvaluateCommand(context),
        new ExportCommand(context),
        new InspectCommand(context),
        new DiffCommand(context),
        new BenchCommand(context),
        new LossCommand(context),
        new GradcheckCommand(context),
        new PlotCommand(context),
        new SearchCommand(context),
        new WorkerCommand(context, static () => [new SearchCellKind(), new ComparisonCellKind()]),
        new CompletionCommand(context),
    ];

    /// <summary>The tool with all its commands.</summary>
    internal static RootCommand Root(CommandContext context, bool withCommands = true)
    {
        RootCommand root = new("Trains, compares and checks small nets, with exact label-smoothing losses.");
        foreach (Command command in withCommands ? Commands(context) : [])
            root.Add(command);
        return root;
    }

    private static ParseResult Parse(IReadOnlyList<string> arguments, CommandContext context)
    {
        // The version is printed before the commands are made: their options take defaults from assemblies that it does not need.
        RootCommand root = Root(context, withCommands: arguments is not ["--version"]);

        return root.Parse(Usual(arguments, root), Parser);
    }

    /// <summary>The words as they are declared: names of commands and options may be given in any case, help may be a command, and no words ask for it too.</summary>
    private static string[] Usual(IReadOnlyList<string> arguments, RootCommand root)
    {
        if (arguments.Count == 0)
            return ["--help"];
        if (arguments[0].Equals("help", StringComparison.OrdinalIgnoreCase))
            return [.. Usual([.. arguments.Skip(1)], root), .. arguments.Count > 1 ? ["--help"] : Array.Empty<string>()];
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (Command command in root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command)))
        {
            foreach (Option option in command.Options)
                names[option.Name] = option.Name;
        }

        string[] words = [.. arguments.Select(word => word.StartsWith("--", StringComparison.Ordinal) ? Declared(word, names) : word)];
        words[0] = root.Subcommands.FirstOrDefault(command => command.Name.Equals(words[0], StringComparison.OrdinalIgnoreCase))?.Name ?? words[0];
        return words;
    }

    private static string Declared(string word, Dictionary<string, string> names)
    {
        int end = word.IndexOf('=', StringComparison.Ordinal);
        string name = end < 0 ? word : word[..end];
        return names.TryGetValue(name, out string? declared) ? declared + word[name.Length..] : word;
    }

    private static int Invoke(ParseResult result, Terminal terminal)
    {
        if (result.Action is HelpAction && result.UnmatchedTokens.Count == 0)
        {
            new HelpText(terminal.Output, terminal.Width).Write(result.CommandResult.Command);
            return ExitCode.Done;
        }

        if (result.Action is null or ParseErrorAction or HelpAction)
            throw new UsageException(ParseProblem.Describe(result));
        return result.Invoke(new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }
}
