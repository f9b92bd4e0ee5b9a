namespace AutoDiffLsr.Autodiff.Memory;

/// <summary>
/// Notices that two threads are in one tape at once. Operations of one thread follow one another, or lie whole inside one another (a kernel may use the tape);
/// those of two threads overlap.
/// </summary>
/// <remarks>
/// An operation that nobody disturbs sets a flag at its start and finds it at its end: to ask which thread this is would cost more than the rest of recording.
/// Only who finds the flag as it should not be asks.
/// </remarks>
internal sealed class UseCheck
{
    private bool isInside, isContested;
    private int latestToEnter, latestToLeave;

    /// <summary>Whether two threads were in the tape at once: what is on it can no longer be trusted.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>An operation starts. One that needs memory several times may say so each time.</summary>
    public void Enter()
    {
        if (isInside)
            (isContested, latestToEnter) = (true, Environment.CurrentManagedThreadId);
        isInside = true;
    }

    /// <summary>An operation ends.</summary>
    public void Leave()
    {
        if (!isInside || isContested)
            LeaveContested();
        isInside = false;
    }

    /// <summary>Another operation has started since this one did, and perhaps ended: it must have been this thread's own.</summary>
    private void LeaveContested()
    {
        int user = Environment.CurrentManagedThreadId;
        IsTorn |= user != (isContested ? latestToEnter : latestToLeave);
        (isContested, latestToLeave) = (false, user);
    }
}
