namespace AutoDiffLsr.Cli.Failures;

/// <summary>Something is wrong with what the user asked for. The message is one line: what, where, what would be right.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
