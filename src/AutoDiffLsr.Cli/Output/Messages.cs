using Spectre.Console;

namespace AutoDiffLsr.Cli.Output;

/// <summary>Words for people. They go to standard output, or to standard error when standard output is for JSON; with --quiet nowhere.</summary>
internal sealed class Messages
{
    private readonly Terminal terminal;
    private readonly TextWriter writer;
    private readonly bool isQuiet;
    private bool isBroken;

    public Messages(Terminal terminal, bool jsonOnOutput, bool isQuiet)
    {
        this.terminal = terminal;
        this.isQuiet = isQuiet;
        writer = jsonOnOutput ? terminal.Error : terminal.Output;
        bool isScreen = jsonOnOutput ? terminal.ErrorIsScreen : terminal.OutputIsScreen;
        Width = isScreen ? terminal.Width - 1 : int.MaxValue;
        if (isScreen && !isQuiet)
            Screen = Interactive(writer);
    }

    /// <summary>For bars and live tables: the screen that a person watches, or null when there is none.</summary>
    public IAnsiConsole? Screen { get; }

    /// <summary>How many letters a line has room for; any number where nobody watches.</summary>
    public int Width { get; }

    /// <summary>A line of what was asked for.</summary>
    public void Line(string text)
    {
        if (isQuiet || isBroken)
            return;
        try
        {
            writer.WriteLine(text);
            writer.Flush();
        }
        catch (IOException error)
        {
            // A full disk behind standard output must not cost the user hours of training.
            isBroken = true;
            Note($"standard output cannot be written ({error.Message}); the work goes on, and files are written");
        }
    }

    /// <summary>A line on standard error about something that may not be as the user thinks.</summary>
    public void Note(string text) => terminal.Error.WriteLine($"autodiff-lsr: note: {text}");

    private static IAnsiConsole? Interactive(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.Yes });
        return console.Profile.Capabilities.Ansi ? console : null;
    }
}
