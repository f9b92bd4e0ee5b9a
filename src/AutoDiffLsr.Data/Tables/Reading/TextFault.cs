namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>What keeps a column from being one of numbers.</summary>
/// <param name="Text">The first value that is no number.</param>
/// <param name="Texts">How many values are no numbers.</param>
/// <param name="Numbers">How many are.</param>
internal sealed record TextFault(string Text, int Line, int Texts, int Numbers);
