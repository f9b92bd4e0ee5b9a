namespace AutoDiffLsr.Data;

/// <summary>Which of the two data sets.</summary>
public enum CifarKind
{
    /// <summary>10 classes of 6,000 images: a label byte a record.</summary>
    Cifar10,

    /// <summary>100 classes of 600 images: a byte for the coarse label, which is not used, and one for the fine label.</summary>
    Cifar100,
}
