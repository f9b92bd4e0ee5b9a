namespace AutoDiffLsr.Checking;

/// <summary>A gradient check failed or was inconclusive; the message is the report's text.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>For a report.</summary>
    /// <param name="report">What was found.</param>
    public GradientCheckException(CheckReport report)
        : base(report?.ToString()) => Report = report;

    /// <summary>For a message.</summary>
    /// <param name="message">The text.</param>
    public GradientCheckException(string message)
        : base(message)
    {
    }

    /// <summary>For a message and what caused it.</summary>
    /// <param name="message">The text.</param>
    /// <param name="innerException">The cause.</param>
    public GradientCheckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a message.</summary>
    public GradientCheckException()
    {
    }

    /// <summary>What was found, if it comes from one report.</summary>
    public CheckReport? Report { get; }
}
