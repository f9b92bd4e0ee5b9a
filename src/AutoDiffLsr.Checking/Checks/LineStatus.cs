namespace AutoDiffLsr.Checking.Checks;

/// <summary>What stood in the way of a derivative along a line.</summary>
internal enum LineStatus
{
    /// <summary>Nothing.</summary>
    Smooth,

    /// <summary>A kink inside even the smallest stencil.</summary>
    Kink,

    /// <summary>The function is not finite around the point.</summary>
    NotFinite,
}
