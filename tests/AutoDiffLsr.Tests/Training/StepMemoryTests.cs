using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Training;

/// <summary>What a step of training allocates, which is nothing, and what it holds at most.</summary>
public sealed class StepMemoryTests
{
    private const int Classes = 3;

    private static readonly MeanSquaredError SquaredError = new();
    private static readonly BinaryCrossEntropy BinaryCrossEntropy = new();

    private static readonly Dictionary<string, Func<IReadOnlyList<Parameter<float>>, Optimizer<float>>> Optimizers = new()
    {
        ["sgd"] = parameters => new Sgd<float>(parameters, 1e-3),
        ["momentum"] = parameters => new Sgd<float>(parameters, 1e-3, momentum: 0.9, weightDecay: 1e-4) { Clipping = GradientClipping.ByNorm(1) },
        ["nesterov"] = parameters => new Sgd<float>(parameters, 1e-3, momentum: 0.9, nesterov: true) { Clipping = GradientClipping.ByValue(1) },
        ["adam"] = parameters => new Adam<float>(parameters),
        ["adamw"] = parameters => new AdamW<float>(parameters),
        ["rmsprop"] = parameters => new RmsProp<float>(parameters, 1e-3, momentum: 0.9),
    };

    private static readonly Dictionary<string, Func<Variable<float>, int[], Variable<float>>> Losses = new()
    {
        ["ce"] = Classification(new CrossEntropy()),
        ["ce, weighted, ignoring"] = Classification(new CrossEntropy { ClassWeights = [1, 2, 3], IgnoredLabel = 1 }),
        ["lsr"] = Classification(new LabelSmoothing(0.1)),
        ["sparse-lsr"] = Classification(new SparseLabelSmoothing(0.1)),
        ["sparse-lsr as published"] = Classification(new SparseLabelSmoothing(0.1, SparseLsrForm.AsPublished)),
        ["ace"] = Classification(new AbsoluteCrossEntropy(1, 1.2)),
        ["squared error"] = (y, _) => SquaredError.Compute(y, y.Tape.Constant(y.Shape, 0.5f)),
        ["binary cross-entropy"] = (y, _) => BinaryCrossEntropy.Compute(y, y.Tape.Constant(y.Shape, 0.5f)),
    };

    public static TheoryData<string, string> Pairs => new(
        from optimizer in Optimizers.Keys
        from loss in Losses.Keys
        where optimizer == "adam" || loss == "ce"
        select (optimizer, loss));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_thousand_steps_through_every_layer_allocate_nothing(string optimizerName, string lossName)
    {
        RandomSource random = new(1);
        Sequential<float> model = EveryLayer(random);
        Optimizer<float> optimizer = Optimizers[optimizerName](model.Parameters);
        Func<Variable<float>, int[], Variable<float>> loss = Losses[lossName];
        Batches<float> batches = new(GeneratedPoints(random), batchSize: 16, shuffle: random);
        using Tape<float> tape = new();
        Assert.True(Train(epochs: 143) >= 1000);
        Assert.Equal(0, Allocations.Of(() => Train(epochs: 143), times: 1));

        int Train(int epochs)
        {
            int count = 0;
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                foreach (Batch<float> batch in batches)
                {
                    tape.Reset();
                    Variable<float> value = loss(model.Forward(tape.Constant(batch.Features)), batch.Labels);
                    optimizer.Step(tape.Gradients(value, model.Parameters));
                    count++;
                }
            }

            return count;
        }
    }

    [Fact]
    public void A_step_holds_activations_and_one_set_of_gradients()
    {
        const int Batch = 128, Inputs = 784, Hidden = 128, Outputs = 10;
        RandomSource random = new(1);
        Sequential<float> model = [new Dense<float>(Inputs, Hidden, random), new Relu<float>(), new Dense<float>(Hidden, Outputs, random)];
        Sgd<float> optimizer = new(model.Parameters, 0.01, momentum: 0.9);
        Matrix<float> x = Matrix<float>.Build.Dense(Batch, Inputs, (_, _) => (float)random.NextNormal());
        int[] labels = [.. Enumerable.Range(0, Batch).Select(row => row % Outputs)];
        using Tape<float> tape = new();
        for (int step = 0; step < 3; step++)
        {
            tape.Reset();
            optimizer.Step(tape.Gradients(new CrossEntropy().Compute(model.Forward(tape.Constant(x)), labels), model.Parameters));
        }

        // Two values a layer (product; bias with activation), the gradient of the logits and the weights of the rows that the loss keeps, two
        // cotangents of the widest layer, and one gradient a parameter.
        long activations = 2 * Batch * (Hidden + Outputs), loss = Batch * (Outputs + 1), cotangents = 2 * Batch * Hidden, gradients = model.CountParameters();
        const int Scalars = 4;
        Assert.InRange(tape.Bytes, sizeof(float) * gradients, sizeof(float) * (activations + loss + cotangents + gradients + Scalars));
        Assert.Equal(model.CountParameters(), optimizer.State.Sum(tensor => (long)tensor.Value.RowCount * tensor.Value.ColumnCount));
    }

    private static Func<Variable<float>, int[], Variable<float>> Classification(ClassificationLoss loss) => (logits, labels) => loss.Compute(logits, labels);

    private static Sequential<float> EveryLayer(RandomSource random) =>
    [
        new Dense<float>(2, 6, random), new Relu<float>(), new Dense<float>(6, 6, random), new Tanh<float>(), new Dense<float>(6, 6, random), new Sigmoid<float>(),
        new BatchNorm<float>(6), new LeakyRelu<float>(), new LayerNorm<float>(6), new Gelu<float>(), new Dropout<float>(0.1, seed: 2),
        new Sequential<float>(new Dense<float>(6, 6, random, bias: false), new Softplus<float>()), new Dense<float>(6, Classes, random),
    ];

    // 100 samples: the last batch of an epoch is smaller.
    private static Dataset<float> GeneratedPoints(RandomSource random)
    {
        float[] samples = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextNormal())];
        return new Dataset<float>("points", samples, features: 2, labels: [.. Enumerable.Range(0, 100).Select(i => i % Classes)]);
    }
}
