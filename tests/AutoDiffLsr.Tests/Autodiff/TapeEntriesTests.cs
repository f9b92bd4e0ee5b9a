using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class TapeEntriesTests
{
    [Fact]
    public void Entries_are_the_list_with_its_inputs_constants_included()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(2, 3, 1)), c = tape.Constant(Matrix<double>.Build.Dense(3, 1, 2));
        Variable<double> y = x.MatMul(c), loss = y.Sum();
        IReadOnlyList<TapeEntry<double>> entries = tape.Entries();
        Assert.Equal([x, y, loss], entries.Select(entry => entry.Variable));
        Assert.Empty(entries[0].Inputs);
        Assert.Equal([x, c], entries[1].Inputs);
        Assert.Equal([y], entries[2].Inputs);
        tape.Reset();
        Assert.Empty(tape.Entries());
    }
}
