using System.CommandLine;
using AutoDiffLsr.Cli;
using AutoDiffLsr.Cli.Commands;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Names => [.. Tools().Select(tool => tool.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_stands_once_with_its_default_once_and_no_line_is_too_long(string name)
    {
        ToolCommand command = Tools().Single(tool => tool.Name == name).Command;
        foreach (int width in new[] { 120, 80, 50 })
        {
            using StringWriter written = new();
            new HelpText(written, width).Write(command);
            string[] lines = written.ToString().Split('\n');
            foreach (Option option in command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal)))
                Assert.Single(lines, line => line.StartsWith("  --", StringComparison.Ordinal) && line[2..].Split(' ', ',')[0] == option.Name);
            Assert.DoesNotContain("[default", written.ToString(), StringComparison.Ordinal);
            Assert.All(lines.TakeWhile(line => line != "Examples:"), line => Assert.True(line.Length <= width || !line.Trim().Contains(' ', StringComparison.Ordinal) || line.TrimStart().StartsWith("--", StringComparison.Ordinal), $"{width}: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_has_examples_and_they_are_command_lines(string name)
    {
        ToolCommand command = Tools().Single(tool => tool.Name == name).Command;
        Assert.NotEmpty(command.Examples);
        foreach (string example in command.Examples)
        {
            string[] words = example.Split(' ');
            ParseResult parsed = Root().Parse(words[1..]);
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
            Assert.Equal(command.Name, parsed.CommandResult.Command.Name);
        }
    }

    [Fact]
    public void Help_is_a_command_too_and_no_words_ask_for_it()
    {
        Assert.Equal(CommandLine.Run("train", "--help").Output, CommandLine.Run("help", "train").Output);
        Assert.Equal(CommandLine.Run("--help").Output, CommandLine.Run().Output);
        Assert.Contains("\nOptimizer:\n", CommandLine.Run("help", "train").Output, StringComparison.Ordinal);
        Assert.Contains("there is no command 'trian' (did you mean 'train'?)", CommandLine.Run("help", "trian").Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_taken_in_any_case_and_an_option_without_effect_is_said()
    {
        using TemporaryFolder folder = new();
        CommandLine run = CommandLine.Run("Train", "--DATA=moons", "--Loss", "CE", "--Smoothing", "0.2", "--hidden", "none", "--activation", "Tanh", "--epochs", "1", "--output", folder["a"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("note: --smoothing is not used: ce has none", run.Error, StringComparison.Ordinal);
        Assert.Contains("note: --activation is not used: a linear model has no hidden layer", run.Error, StringComparison.Ordinal);
        run = CommandLine.RunWithInput("1,2\n", "loss", "--loss", "LSR", "--form", "equation", "--smoothing", "0.1", "--logits", "-", "--labels", "0");
        Assert.Equal("autodiff-lsr: note: --form is not used: lsr has one form\n", run.Error);
        run = CommandLine.Run("compare", "--data", "moons", "--losses", "CE,Sparse-LSR", "--hidden", "none", "--epochs", "1", "--seeds", "1", "--output", folder["b"], "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public void Bash_completes_commands_options_and_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/bin/bash"), "There is no bash here.");
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["autodiff-lsr"], $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "autodiff-lsr.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["autodiff-lsr"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal("train", Complete("autodiff-lsr tra"));
        Assert.Equal("--loss", Complete("autodiff-lsr train --los"));
        Assert.Equal("lsr", Complete("autodiff-lsr train --loss ls"));
        Assert.Equal("moons", Complete("autodiff-lsr train --data moo"));

        string Complete(string line)
        {
            string script = $"""
                PATH="{folder.Path}:$PATH"; eval "$(autodiff-lsr completion bash)"
                COMP_LINE='{line}'; COMP_POINT=${"{#COMP_LINE}"}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${"{#COMP_WORDS[@]}"}-1))
                _autodiff_lsr; echo "${"{COMPREPLY[@]}"}"
                """;
            using System.Diagnostics.Process bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true })!;
            string output = bash.StandardOutput.ReadToEnd().TrimEnd();
            bash.WaitForExit();
            return output;
        }
    }

    [Theory]
    [InlineData("zsh", "compdef _autodiff_lsr autodiff-lsr")]
    [InlineData("FISH", "complete -c autodiff-lsr")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName autodiff-lsr")]
    public void Other_shells_have_their_scripts(string shell, string expected)
    {
        CommandLine run = CommandLine.Run("completion", shell);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Contains("SHELL is 'bsh' (did you mean 'bash'?)", CommandLine.Run("completion", "bsh").Refusal(), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, ToolCommand Command)> Tools() =>
        Root().Subcommands.SelectMany(command => command.Subcommands.Prepend(command)).OfType<ToolCommand>().Select(command => (string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(parent => parent.Name).Append(command.Name)), command));

    private static RootCommand Root() => Application.Root(new CommandContext(new Terminal(Stream.Null, TextWriter.Null, TextWriter.Null), () => default));
}
