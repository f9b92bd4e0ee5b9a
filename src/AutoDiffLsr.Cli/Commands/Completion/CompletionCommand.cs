using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Commands.Completion;

/// <summary>Prints what a shell needs to complete commands, options and names; file names are completed as by the shell itself.</summary>
internal sealed class CompletionCommand : ToolCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = """
            # bash: eval "$(autodiff-lsr completion bash)" in ~/.bashrc
            _autodiff_lsr() {
                local line="${COMP_LINE:0:$COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
                line="${line#"${COMP_WORDS[0]}"}"
                line="${line# }"
                COMPREPLY=($(compgen -W "$(autodiff-lsr "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
            }
            complete -o bashdefault -o default -F _autodiff_lsr autodiff-lsr
            """,
        ["zsh"] = """
            # zsh: eval "$(autodiff-lsr completion zsh)" in ~/.zshrc, behind compinit
            _autodiff_lsr() {
                local line="${${BUFFER[1,$CURSOR]}#* }"
                local -a found
                found=("${(@f)$(autodiff-lsr "[suggest:${#line}]" "$line" 2>/dev/null)}")
                compadd -a found
                _files
            }
            compdef _autodiff_lsr autodiff-lsr
            """,
        ["fish"] = """
            # fish: autodiff-lsr completion fish > ~/.config/fish/completions/autodiff-lsr.fish
            function __autodiff_lsr
                set -l line (string replace -r '^\\S+\\s?' '' -- (commandline -cp))
                autodiff-lsr "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c autodiff-lsr -a '(__autodiff_lsr)'
            """,
        ["powershell"] = """
            # PowerShell: autodiff-lsr completion powershell | Out-String | Invoke-Expression in $PROFILE
            Register-ArgumentCompleter -Native -CommandName autodiff-lsr -ScriptBlock {
                param($word, $command, $cursor)
                $line = $command.ToString().PadRight($cursor).Substring(0, $cursor) -replace '^\S+\s?', ''
                autodiff-lsr "[suggest:$($line.Length)]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    private readonly Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or powershell.", CustomParser = Parse };

    public CompletionCommand(CommandContext context)
        : base(context, "completion", "Prints a script that lets a shell complete this tool's commands, options and names.")
    {
        shell.CompletionSources.Add([.. Scripts.Keys]);
        Add(shell);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["autodiff-lsr completion bash"];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        Context.Terminal.Output.WriteLine(Scripts[arguments.GetRequiredValue(shell)]);
        return ExitCode.Done;
    }

    private static string? Parse(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (Scripts.ContainsKey(name))
            return name;
        result.AddError($"SHELL is '{name}'{Spelling.Suggest(name, Scripts.Keys)}: choose one of {string.Join(", ", Scripts.Keys)}");
        return null;
    }
}
