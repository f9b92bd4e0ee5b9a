using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Layers;

/// <summary>Outputs without a tape in sight: in evaluation mode, with nothing recorded, whatever the size of the batches.</summary>
public sealed class PredictTests
{
    private static readonly Matrix<double> X = Matrix<double>.Build.Dense(21, 3, (i, j) => Math.Sin((3 * i) + j));

    private readonly Sequential<double> model;

    public PredictTests()
    {
        RandomSource random = new(4);
        model = [new Dense<double>(3, 5, random), new BatchNorm<double>(5), new Relu<double>(), new Dropout<double>(0.5, 3), new Dense<double>(5, 2, random)];
        using Tape<double> tape = new();
        model.Forward(tape.Constant(X)); // the running statistics are no longer those of the start
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    [InlineData(500)]
    public void Batches_of_any_size_give_what_the_whole_gives(int batchSize)
    {
        Matrix<double> expected = InEvaluationMode();
        model.UseTrainingMode();
        Matrix<double> outputs = model.Predict(X, batchSize);
        Assert.Equal(0, (expected - outputs).InfinityNorm(), 1e-12);
        Assert.True(model.IsTraining && model[1].IsTraining && model[3].IsTraining);
        Assert.Equal(0, (expected - InEvaluationMode()).InfinityNorm());
    }

    [Fact]
    public void Outputs_of_a_data_set_are_those_of_its_matrix_and_of_any_targets()
    {
        Dataset<double> dataset = Dataset<double>.FromMatrix(X, Matrix<double>.Build.Dense(21, 7));
        Assert.Equal(0, (new Evaluator<double>(model, batchSize: 4).Outputs(dataset) - model.Predict(X)).InfinityNorm(), 1e-12);
    }

    [Fact]
    public void A_prediction_is_the_callers_own_and_takes_any_storage()
    {
        Matrix<double> first = model.Predict(X), copy = first.Clone();
        first.Clear();
        Assert.Equal(0, (copy - model.Predict(Matrix<double>.Build.SparseOfMatrix(X), 5)).InfinityNorm(), 1e-12);
    }

    [Fact]
    public void What_cannot_be_predicted_is_refused()
    {
        Assert.Contains("3", Assert.Throws<ArgumentException>(() => model.Predict(Matrix<double>.Build.Dense(2, 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => model.Predict(X, 0));
        Assert.Throws<ArgumentNullException>(() => model.Predict(null!));
    }

    private Matrix<double> InEvaluationMode()
    {
        using Tape<double> tape = new();
        using IDisposable mode = model.EvaluationMode();
        return model.Forward(tape.Constant(X)).Value.Clone();
    }
}
