namespace AutoDiffLsr.Checking.Reports;

/// <summary>What a report calls a function that was given without a name.</summary>
internal static class FunctionName
{
    private const int Longest = 60;

    /// <summary>The argument as it was written: a method's name, or a short lambda; "function" for what would fill a line.</summary>
    public static string Of(string written) =>
        string.IsNullOrWhiteSpace(written) || written.Length > Longest || written.Contains('\n', StringComparison.Ordinal) ? "function" : written;
}
