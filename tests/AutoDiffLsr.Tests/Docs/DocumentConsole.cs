namespace AutoDiffLsr.Tests.Docs;

/// <summary>Takes the place of <see cref="Console"/> in programs of documents, so that programs that run side by side do not write into each other's output.</summary>
public static class DocumentConsole
{
    private static readonly AsyncLocal<TextWriter?> Writer = new();

    /// <summary>Where this flow of control writes.</summary>
    public static TextWriter Out => Writer.Value ?? TextWriter.Null;

    public static void WriteLine() => Out.WriteLine();

    public static void WriteLine(object? value) => Out.WriteLine(value);

    public static void Write(object? value) => Out.Write(value);

    internal static void Redirect(TextWriter writer) => Writer.Value = writer;
}
