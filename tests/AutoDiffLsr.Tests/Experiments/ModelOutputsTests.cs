using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Data;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

public sealed class ModelOutputsTests
{
    private readonly RandomSource random = new(1);

    [Fact]
    public void Logits_are_those_of_the_whole_model_and_features_the_input_of_its_last_layer()
    {
        var last = new Dense<double>(5, 2, random);
        Sequential<double> model = [new Dense<double>(2, 5, random), new Dropout<double>(0.5, 3), new Relu<double>(), last];
        Dataset<double> dataset = GeneratedPoints.Moons<double>(1, 600, 20).Train;
        var outputs = ModelOutputs<double>.Of(model, dataset);
        using Tape<double> tape = new();
        model.UseEvaluationMode();
        Matrix<double> expected = model.Forward(tape.Constant(dataset.ToMatrix())).Value;
        Assert.Equal(0, (expected - outputs.Logits).L2Norm(), 1e-12);
        Assert.Equal((600, 5), (outputs.Features!.RowCount, outputs.Features.ColumnCount));
        Assert.Equal(0, (last.Forward(tape.Constant(outputs.Features)).Value - outputs.Logits).L2Norm(), 1e-12);
    }

    [Fact]
    public void Modes_stay_and_a_linear_model_has_no_features()
    {
        Sequential<double> model = [new Dense<double>(2, 2, random)];
        model.UseTrainingMode();
        Assert.Null(ModelOutputs<double>.Of(model, GeneratedPoints.Moons<double>(1, 20, 20).Train).Features);
        Assert.True(model.IsTraining);
    }

    [Fact]
    public void A_decision_map_shows_the_samples_side()
    {
        var dense = new Dense<double>(2, 2, random);
        Span<double> weight = dense.Weight.Update();
        weight.Clear();
        weight[2] = 50; // first feature, second class: the second class where the first feature is positive
        dense.Bias!.Update().Clear();
        Matrix<double> samples = Matrix<double>.Build.DenseOfRowArrays([-1, -2], [1, 3]);
        var map = DecisionMap.Of<double>(dense, samples, 10);
        Assert.Equal((-1.16, 1.16, -2.4, 3.4), (Math.Round(map.Left, 9), Math.Round(map.Right, 9), Math.Round(map.Bottom, 9), Math.Round(map.Top, 9)));
        Assert.True(map.Probabilities[0, 0] > 0.99 && map.Probabilities[9, 1] > 0.99 && map.Probabilities[90, 0] > 0.99);

        // Row by row from the top: with the second class where the second feature is positive, it is in the upper rows.
        weight = dense.Weight.Update();
        weight.Clear();
        weight[3] = 50;
        DecisionMap upper = DecisionMap.Of<double>(dense, samples, 10);
        Assert.True(upper.Probabilities[0, 1] > 0.99 && upper.Probabilities[9, 1] > 0.99 && upper.Probabilities[90, 0] > 0.99 && upper.Probabilities[99, 0] > 0.99);
        Assert.Throws<ArgumentException>(() => DecisionMap.Of<double>(dense, Matrix<double>.Build.Dense(2, 3)));
    }
}
