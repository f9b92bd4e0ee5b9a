namespace AutoDiffLsr.Cluster;

/// <summary>Workers cannot be reached or used, or were lost. The message is one line: which, why, what can be done.</summary>
public sealed class ClusterException : IOException
{
    /// <summary>An error.</summary>
    /// <param name="message">The line.</param>
    /// <param name="inner">What it comes from, or null.</param>
    public ClusterException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
