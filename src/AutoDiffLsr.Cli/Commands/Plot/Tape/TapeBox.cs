namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>A box and its place in the drawing.</summary>
internal sealed class TapeBox(TapeGraphNode node)
{
    public const double LetterWidth = 6.1, LineHeight = 13, Padding = 7;

    public TapeGraphNode Node { get; } = node;

    public double Width { get; } = (Texts(node).Max(text => text.Length) * LetterWidth) + (2 * Padding);

    public double Height { get; } = (Texts(node).Count() * LineHeight) + (2 * Padding);

    public double Left { get; set; }

    public double Top { get; set; }

    public double Middle => Left + (Width / 2);

    private static IEnumerable<string> Texts(TapeGraphNode node) => [node.Title, .. node.Value, .. node.Gradient];
}
