namespace AutoDiffLsr.Files;

/// <summary>
/// A model, weights or checkpoint file that cannot be read, used or written. <see cref="Exception.Message"/> is one line for the person who
/// gave the file: which file, what was found, and what would be right. No reader of this room lets another exception out for what a file holds.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>An error about a file.</summary>
    /// <param name="file">The file, or what stands for it.</param>
    /// <param name="problem">One line: what is wrong, and what would be right.</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    public ModelFileException(string file, string problem, Exception? innerException = null)
        : base(OneLine.Clean($"{file}: {problem}"), innerException)
    {
        File = file;
    }

    /// <summary>The file, or what stands for it.</summary>
    public string File { get; }

    internal static ModelFileException At(string file, string found, string expected, Exception? innerException = null) =>
        new(file, $"found {found}, expected {expected}", innerException);
}
