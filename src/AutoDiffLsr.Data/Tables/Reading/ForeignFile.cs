namespace AutoDiffLsr.Data.Tables.Reading;

/// <summary>Recognises files of other kinds by how they begin, for one line that says what the file is and what to give instead.</summary>
internal static class ForeignFile
{
    private const string SaveAsCsv = "a table as text: save it as CSV";

    /// <summary>What the file is and what would be right, or null where it may be a table.</summary>
    public static (string Found, string Expected)? Recognize(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8))
            return Archive(head);
        if (head is [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 8, ..])
            return ("an IDX file", "a table as text: give the folder that has the four IDX files");
        if (head.Length >= 10 && head[8] == '{' && BitConverter.ToUInt64(head) < 100_000_000)
            return ("a safetensors file", "a table as text; a model is given with --model");
        return Binary(head) ?? Text(head);
    }

    private static (string, string) Archive(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf(".npy"u8) >= 0)
            return ("an npz file (NumPy)", $"{SaveAsCsv}, for example with numpy.savetxt");
        return head.IndexOf("xl/"u8) >= 0 || head.IndexOf("[Content_Types]"u8) >= 0
            ? ("an Excel workbook", "a table as text: save the sheet as CSV")
            : ("a zip archive", "a table as text: unpack it first");
    }

    private static (string, string)? Binary(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PAR1"u8))
            return ("a Parquet file", $"{SaveAsCsv}, for example with pandas.read_parquet and to_csv");
        if (head.StartsWith("ARROW1"u8) || head.StartsWith("FEA1"u8))
            return ("an Arrow or Feather file", $"{SaveAsCsv}, for example with pandas.read_feather and to_csv");
        if (head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..])
            return ("an npy file (NumPy)", $"{SaveAsCsv}, for example with numpy.savetxt");
        if (head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
            return ("an HDF5 file", SaveAsCsv);
        if (head.StartsWith("SQLite format 3"u8))
            return ("an SQLite database", SaveAsCsv);
        if (head.StartsWith("MATLAB 5.0"u8))
            return ("a MATLAB file", SaveAsCsv);
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..])
            return ("an Excel workbook of before 2007", "a table as text: save the sheet as CSV");
        if (head is [0x80, >= 2 and <= 5, ..])
            return ("a Python pickle", SaveAsCsv);
        if (head.StartsWith("BZh"u8) || head is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] || head is [0x28, 0xB5, 0x2F, 0xFD, ..] || head.StartsWith("7z\u00BC"u8) || head.StartsWith("Rar!"u8))
            return ("a file packed by another method than gzip", "plain text or gzip: unpack it first");
        return Picture(head);
    }

    private static (string, string)? Picture(ReadOnlySpan<byte> head) =>
        head is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] || head.StartsWith("GIF8"u8) ? ("an image", "a table as text")
        : head.StartsWith("%PDF"u8) ? ("a PDF document", "a table as text")
        : head.Length > 262 && head.Slice(257, 5).SequenceEqual("ustar"u8) ? ("a tar archive", "a table as text: unpack it first")
        : null;

    private static (string, string)? Text(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.TrimStart("\uFEFF \t\r\n"u8);
        if (text.StartsWith("{"u8) || text.StartsWith("[{"u8) || text.StartsWith("[["u8))
            return ("JSON", "a table with a row a line: save it as CSV");
        if (text.StartsWith("<?xml"u8) || StartsWithIgnoringCase(text, "<!doctype"u8) || StartsWithIgnoringCase(text, "<html"u8))
            return ("a web page or XML", "a table as text; a download that failed often leaves a page like this");
        if (StartsWithIgnoringCase(text, "@relation"u8) || (text.StartsWith("%"u8) && ContainsIgnoringCase(head, "@relation"u8)))
            return ("an ARFF file", SaveAsCsv);
        return text.StartsWith("version https://git-lfs"u8) ? ("a pointer of Git LFS", "the file itself: fetch it with git lfs pull") : null;
    }

    private static bool StartsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lower.Length], lower);

    private static bool ContainsIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i + lower.Length <= text.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text.Slice(i, lower.Length), lower))
                return true;
        }

        return false;
    }
}
