using System.CommandLine;

namespace AutoDiffLsr.Cli.Failures;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class ParseProblem
{
    public static string Describe(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        if (result.UnmatchedTokens is [string first, ..])
            return Unknown(first, command) + Hint(command);
        if (command.Subcommands.Count > 0)
            return $"no command was given: {Names(command.Subcommands)}{Hint(command)}";
        string problem = result.Errors.Count > 0 ? result.Errors[0].Message : "the command line makes no sense";
        return problem.TrimEnd('.') + Hint(command);
    }

    private static string Unknown(string word, Command command)
    {
        bool isOption = word.StartsWith('-');
        if (!isOption && command.Subcommands.Count > 0)
            return $"there is no command '{word}'{Spelling.Suggest(word, command.Subcommands.Select(known => known.Name))}: {Names(command.Subcommands)}";
        return isOption
            ? $"{command.Name} has no option '{word}'{Spelling.Suggest(word, command.Options.Select(option => option.Name))}"
            : $"{command.Name} does not know what '{word}' is for: values follow their option, as in --data digits";
    }

    private static string Names(IEnumerable<Command> commands) => "choose one of " + string.Join(", ", commands.Select(command => command.Name));

    private static string Hint(Command command) => command is RootCommand ? " (see autodiff-lsr --help)" : $" (see autodiff-lsr {command.Name} --help)";
}
