using AutoDiffLsr.Files;

namespace AutoDiffLsr.Experiments.Cells;

/// <summary>A kind of work that a program knows how to do: from what was sent it makes the context that does cells.</summary>
public interface ICellKind
{
    /// <summary>What it is called on the way.</summary>
    string Name { get; }

    /// <summary>The context of cells.</summary>
    /// <param name="settings">What <see cref="ICellContext.Settings"/> was.</param>
    /// <param name="data">What <see cref="ICellContext.Data"/> was.</param>
    /// <returns>The context.</returns>
    /// <exception cref="DataException">Settings or data are not those of such a context.</exception>
    ICellContext Open(string settings, CellData data);
}
