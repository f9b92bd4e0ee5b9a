namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>How a table is laid out: what was given, and what was found out.</summary>
/// <param name="Separator">What is between fields; a space stands for any number of them.</param>
/// <param name="DecimalMark">'.' or ','.</param>
/// <param name="HasHeader">Whether the columns have names.</param>
/// <param name="HasComments">Whether lines that begin with # are comments.</param>
/// <param name="Names">The name of each column.</param>
/// <param name="SkippedRows">How many rows, comments not counted, are above the data: a header, or the note of the separator that Excel reads.</param>
/// <param name="HasCommentedHeader">Whether the names are those of a comment.</param>
internal sealed record TableLayout(char Separator, char DecimalMark, bool HasHeader, bool HasComments, IReadOnlyList<string> Names, int SkippedRows, bool HasCommentedHeader = false);
