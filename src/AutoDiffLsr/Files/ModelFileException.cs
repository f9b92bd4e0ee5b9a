namespace AutoDiffLsr.Files;

/// <summary>
/// A model, weights or checkpoint file that cannot be read, used or written. <see cref="Exception.Message"/> is one line for the person who
/// supplied the file: which file, what was found, and what would be right. Readers of models let no other exception out for what a file holds.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>An error about a file.</summary>
    /// <param name="file">The file, or the name of the stream that was given instead.</param>
    /// <param name="problem">One line: what is wrong, and what would be right.</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    public ModelFileException(string file, string problem, Exception? innerException = null)
        : base(OneLine.Clean($"{file}: {problem}"), innerException)
    {
        File = file;
    }

    /// <summary>The file, or the name of the stream that was given instead.</summary>
    public string File { get; }

    /// <summary>An error that says what was found and what was expected.</summary>
    /// <param name="file">The file, or the name of the stream that was given instead.</param>
    /// <param name="found">What the file holds: "an empty file".</param>
    /// <param name="expected">What would have been right: "a safetensors file".</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    /// <returns>The exception: "net.safetensors: found an empty file, expected a safetensors file".</returns>
    public static ModelFileException At(string file, string found, string expected, Exception? innerException = null) =>
        new(file, $"found {found}, expected {expected}", innerException);

    /// <summary>A read that failed in the middle of a file.</summary>
    internal static ModelFileException Unreadable(string file, Exception error) => new(file, $"cannot be read: {error.Message}", error);
}
