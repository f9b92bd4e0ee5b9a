namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>A row of the beginning of a file, for finding out the layout.</summary>
/// <param name="Fields">Without quotes and white space.</param>
/// <param name="Quoted">Whether each stood in quotes.</param>
/// <param name="IsComment">Whether the line begins with #.</param>
internal sealed record SampleRow(string[] Fields, bool[] Quoted, bool IsComment);
