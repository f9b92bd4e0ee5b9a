namespace AutoDiffLsr.Cli.Failures;

/// <summary>A training that diverged and whose last good weights were saved. The message is one line: when, why, what is kept and where.</summary>
internal sealed class DivergedException(string message, Exception innerException) : Exception(message, innerException);
