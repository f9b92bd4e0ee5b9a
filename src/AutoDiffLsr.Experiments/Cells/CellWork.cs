namespace AutoDiffLsr.Experiments.Cells;

/// <summary>A piece of work in the context of data and settings, as text: it can be done here, or sent to where the same context is.</summary>
/// <param name="Name">What names it, with all that its result depends on: a cell that is done twice has the same result.</param>
/// <param name="Work">What is to be done, in the words of its context.</param>
public sealed record CellWork(string Name, string Work);
