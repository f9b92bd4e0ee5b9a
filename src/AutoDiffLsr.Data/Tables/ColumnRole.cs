namespace AutoDiffLsr.Data.Tables;

/// <summary>What becomes of a column.</summary>
public enum ColumnRole
{
    /// <summary>A feature: a number, standardised.</summary>
    Numeric,

    /// <summary>Features: one for each category.</summary>
    Categorical,

    /// <summary>What is to be predicted.</summary>
    Target,

    /// <summary>Left out: it numbers or names the rows.</summary>
    Identifier,

    /// <summary>Left out: it has the same value in every row.</summary>
    Constant,

    /// <summary>Left out: text that is nearly all different.</summary>
    FreeText,

    /// <summary>Left out: no row has a value.</summary>
    Empty,

    /// <summary>Left out because that was asked for.</summary>
    Ignored,
}
