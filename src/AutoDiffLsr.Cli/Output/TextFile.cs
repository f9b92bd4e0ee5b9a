using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Output;

/// <summary>Text as a file that appears as a whole or not at all.</summary>
internal static class TextFile
{
    /// <summary>Writes UTF-8 without a mark.</summary>
    /// <exception cref="ModelFileException">It cannot be written; a file that was there is untouched.</exception>
    public static void Write(string path, string text) => OutputFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
