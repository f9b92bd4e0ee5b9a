namespace AutoDiffLsr.Data.Tables;

/// <summary>What is learnt from a table.</summary>
public enum TableTask
{
    /// <summary>Which of several classes a row belongs to.</summary>
    Classification,

    /// <summary>One number, or several, for each row.</summary>
    Regression,
}
