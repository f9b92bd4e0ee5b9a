namespace AutoDiffLsr.Data.Tables;

/// <summary>What the values of a column are, as the file has them.</summary>
public enum ColumnKind
{
    /// <summary>Every value that is not missing is a finite number.</summary>
    Number,

    /// <summary>At least one value is no number: a category, a name, a date, TRUE or FALSE.</summary>
    Text,
}
