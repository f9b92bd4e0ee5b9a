namespace AutoDiffLsr.Cli.Options;

/// <summary>What a command does with a path.</summary>
internal enum PathUse
{
    /// <summary>The values are no paths.</summary>
    None,

    /// <summary>Files and folders are read; - is standard input, and names of built-in data are no paths.</summary>
    Input,

    /// <summary>A file is written; - is standard output.</summary>
    OutputFile,

    /// <summary>Files are written into a folder.</summary>
    OutputFolder,
}
