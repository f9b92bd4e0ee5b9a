using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Something that a function depends on: an input, a parameter, or for the second order the cotangent.</summary>
internal sealed record Slot(string Name, Shape Shape)
{
    /// <summary>"[1, 2]" of a place in column-major order.</summary>
    public string Entry(int index) => $"[{index % Shape.Rows}, {index / Shape.Rows}]";
}
