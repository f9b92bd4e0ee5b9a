namespace AutoDiffLsr.Cli.Output;

/// <summary>What the tool is connected to: the process's own streams, or a test's.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutputIsScreen">Whether a person watches standard output.</param>
/// <param name="ErrorIsScreen">Whether a person watches standard error.</param>
internal sealed record Terminal(Stream Input, TextWriter Output, TextWriter Error, bool OutputIsScreen = false, bool ErrorIsScreen = false)
{
    private const int UsualWidth = 80;

    /// <summary>How many letters fit into a line of standard output.</summary>
    public int Width { get; init; } = UsualWidth;

    public static Terminal OfProcess() => new(
        Console.OpenStandardInput(), Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected)
    {
        Width = Console.IsOutputRedirected || Console.WindowWidth < 1 ? UsualWidth : Console.WindowWidth,
    };
}
