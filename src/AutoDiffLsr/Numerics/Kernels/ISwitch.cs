namespace AutoDiffLsr.Numerics;

/// <summary>A choice as a type, so that a loop is compiled for each and the other way is not in it.</summary>
internal interface ISwitch
{
    static abstract bool IsOn { get; }
}

/// <summary>The branch is compiled in.</summary>
internal readonly struct On : ISwitch
{
    public static bool IsOn => true;
}

/// <summary>The branch is compiled out.</summary>
internal readonly struct Off : ISwitch
{
    public static bool IsOn => false;
}
