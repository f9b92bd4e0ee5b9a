namespace AutoDiffLsr.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The monitored value did not improve for as many epochs as patience allows.</summary>
    EarlyStopped,

    /// <summary>Cancellation was requested; training again goes on after the last batch done.</summary>
    Cancelled,
}
