namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>A text is no formula of a loss.</summary>
public sealed class ExpressionFormatException : FormatException
{
    /// <summary>A formula with a fault.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="position">Where the fault is, counted from 1.</param>
    /// <param name="problem">What is there and what would be right.</param>
    public ExpressionFormatException(string text, int position, string problem)
        : base($"formula '{Shortened(text)}', position {position}: {problem}") =>
        Position = position;

    /// <summary>Where the fault is, counted from 1.</summary>
    public int Position { get; }

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
