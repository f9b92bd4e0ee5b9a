namespace AutoDiffLsr.Losses;

/// <summary>What becomes of the losses of the rows.</summary>
public enum Reduction
{
    /// <summary>Their mean, 1x1, over the rows that count; with class weights divided by the sum of the weights, as PyTorch does.</summary>
    Mean,

    /// <summary>Their sum, 1x1.</summary>
    Sum,

    /// <summary>One loss a row, N x 1; an ignored row has 0.</summary>
    None,
}
