using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

public sealed class EvaluatorTests
{
    private static readonly Dataset<double> Data = Clouds.Make<double>(50, seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_metrics_are_those_of_the_whole_data_at_any_batch_size(int batchSize)
    {
        Sequential<double> model = New();
        LabelSmoothing loss = new(0.1);
        Evaluation evaluation = new Evaluator<double>(model, loss, batchSize).Evaluate(Data);
        model.UseEvaluationMode();
        using Tape<double> tape = new();
        Variable<double> logits = model.Forward(tape.Constant(Data.ToMatrix()));
        Evaluation expected = new(3);
        expected.Add(logits.Value, Data.Labels);
        Assert.Equal(50, evaluation.Count);
        Assert.Equal(expected.Accuracy, evaluation.Accuracy);
        Assert.Equal(expected.NegativeLogLikelihood, evaluation.NegativeLogLikelihood, 1e-13);
        Assert.Equal(loss.Compute(logits, Data.Labels).Scalar, evaluation.Loss, 1e-13);
    }

    [Fact]
    public void Class_weights_and_a_summed_loss_give_the_same_mean_as_the_whole_data()
    {
        double[] weights = [1, 5, 0.5];
        Sequential<double> model = New();
        double mean = new Evaluator<double>(model, new CrossEntropy { ClassWeights = weights }, 1000).Evaluate(Data).Loss;
        Assert.Equal(mean, new Evaluator<double>(model, new CrossEntropy { ClassWeights = weights }, 8).Evaluate(Data).Loss, 1e-13);
        Assert.Equal(mean, new Evaluator<double>(model, new CrossEntropy { ClassWeights = weights, Reduction = Reduction.Sum }, 8).Evaluate(Data).Loss, 1e-13);
    }

    [Fact]
    public void Each_layer_is_back_in_its_own_mode_and_its_state_as_it_was()
    {
        Sequential<double> model = New();
        model[1].UseEvaluationMode();
        ulong[] counters = [.. model.NamedCounters().Select(counter => counter.Value)];
        new Evaluator<double>(model).Evaluate(Data);
        Assert.Equal([true, false, true, true, true], model.Select(layer => layer.IsTraining));
        Assert.True(model.IsTraining);
        Assert.Equal(counters, model.NamedCounters().Select(counter => counter.Value));
    }

    [Fact]
    public void Data_that_does_not_fit_the_model_is_refused()
    {
        Sequential<double> narrow = new(new Dense<double>(3, 3, new RandomSource(1))), few = new(new Dense<double>(2, 2, new RandomSource(1)));
        Assert.Contains("takes 3 columns, but its input has 2", Assert.Throws<ArgumentException>(() => new Evaluator<double>(narrow).Evaluate(Data)).Message, StringComparison.Ordinal);
        Assert.Contains("gives 2 columns, but 'clouds' has 3 classes", Assert.Throws<ArgumentException>(() => new Evaluator<double>(few).Evaluate(Data)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Evaluator<double>(few, new CrossEntropy { Reduction = Reduction.None }));
    }

    [Fact]
    public void A_cancelled_evaluation_leaves_the_modes_as_they_were()
    {
        Sequential<double> model = New();
        Assert.Throws<OperationCanceledException>(() => new Evaluator<double>(model).Evaluate(Data, new CancellationToken(canceled: true)));
        Assert.True(model.IsTraining);
    }

    private static Sequential<double> New()
    {
        RandomSource random = new(2);
        return new(new Dense<double>(2, 8, random), new BatchNorm<double>(8), new Relu<double>(), new Dropout<double>(0.5, seed: 1), new Dense<double>(8, 3, random));
    }
}
