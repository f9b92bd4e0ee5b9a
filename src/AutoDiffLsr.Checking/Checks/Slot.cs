using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Reports;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Something that a function depends on: an input, a parameter, or for the second order the cotangent.</summary>
internal sealed record Slot(string Name, Shape Shape)
{
    /// <summary>Whether it is a list of numbers, and not a matrix.</summary>
    public bool IsVector { get; init; }

    /// <summary>"[1, 2]" of a place in column-major order, or "[1]" of a list.</summary>
    public string Entry(int index) => IsVector ? $"[{index}]" : $"[{index % Shape.Rows}, {index / Shape.Rows}]";

    /// <summary>The entries as C#.</summary>
    public string Text(double[] entries) => IsVector ? MatrixText.OfList(entries) : MatrixText.Of(Shape, entries);
}
