namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>Shows how a whole comparison goes on. Called from several threads.</summary>
internal interface IComparisonDisplay
{
    /// <summary>Compares, and shows it.</summary>
    void Show(Action compare);

    /// <summary>A share of a cell was done, of 1 in all.</summary>
    void Advance(double share);

    /// <summary>A cell is finished.</summary>
    void Finish(ComparisonCell cell, CellResult result);
}
