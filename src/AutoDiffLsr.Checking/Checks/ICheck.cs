using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>One thing that a gradient check looks at.</summary>
internal interface ICheck
{
    CheckKind Kind { get; }

    CheckResult Run(CheckContext context, RandomSource random);
}
