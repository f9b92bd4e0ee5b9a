using System.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>Data to train on, and data of the same features and targets to test on.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainTestSplit<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A pair of data sets.</summary>
    /// <param name="train">What is trained on.</param>
    /// <param name="test">What is tested on.</param>
    /// <exception cref="ArgumentException">The two differ in their number of features, or in what the targets are.</exception>
    public TrainTestSplit(Dataset<T> train, Dataset<T> test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if (train.Features != test.Features)
            throw new ArgumentException($"test has {test.Features} features, but train has {train.Features}.", nameof(test));
        if (train.Targets.Kind != test.Targets.Kind)
            throw new ArgumentException($"The targets of test are {test.Targets}, those of train are {train.Targets}; both need the same.", nameof(test));
        if (!train.Targets.Names.SequenceEqual(test.Targets.Names))
        {
            string what = train.HasClasses ? "classes" : "targets";
            throw new ArgumentException(
                $"test has {test.Targets.Columns} {what}, train has {train.Targets.Columns}; both need the same {what} in the same order.", nameof(test));
        }
        Train = train;
        Test = test;
    }

    /// <summary>What is trained on.</summary>
    public Dataset<T> Train { get; }

    /// <summary>What is tested on.</summary>
    public Dataset<T> Test { get; }

    /// <summary>Takes the pair apart: <c>var (train, test) = split;</c></summary>
    /// <param name="train">What is trained on.</param>
    /// <param name="test">What is tested on.</param>
    public void Deconstruct(out Dataset<T> train, out Dataset<T> test) => (train, test) = (Train, Test);
}
