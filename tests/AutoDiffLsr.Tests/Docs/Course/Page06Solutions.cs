using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/06-train-a-net.md.</summary>
public sealed class Page06Solutions
{
    /// <summary>x·W₁·W₂·W₃ is x·W for one matrix W: a straight line, as after two epochs in the picture.</summary>
    [Fact]
    public void Dense_layers_alone_stay_linear()
    {
        var (train, test) = BuiltInData.Create<float>("moons", seed: 1);
        RandomSource random = new(seed: 1);
        Sequential<float> model = new(new Dense<float>(2, 16, random), new Dense<float>(16, 16, random), new Dense<float>(16, 2, random));
        new Trainer<float>(model, new CrossEntropy(), new Adam<float>(model.Parameters, 0.01)) { Epochs = 20 }.Fit(new Batches<float>(train, 64, random));
        Assert.InRange(new Evaluator<float>(model).Evaluate(test).Accuracy, 0.8, 0.92);
    }

    [Fact]
    public void Gradient_descent_by_hand_learns_the_moons()
    {
        var (train, test) = BuiltInData.Create<float>("moons", seed: 1);
        RandomSource random = new(seed: 1);
        Sequential<float> model = new(new Dense<float>(2, 16, random), new Tanh<float>(), new Dense<float>(16, 2, random));
        Batches<float> batches = new(train, batchSize: 64, shuffle: random);
        using Tape<float> tape = new();
        for (int epoch = 0; epoch < 40; epoch++)
        {
            foreach (var batch in batches)
            {
                tape.Reset();
                Gradients<float> gradients = tape.Gradients(new CrossEntropy().Compute(model.Forward(tape.Constant(batch.Features)), batch.Labels), model.Parameters);
                foreach (Parameter<float> parameter in model.Parameters)
                    parameter.Assign(parameter.Value - (0.5f * gradients[parameter].Value));
            }
        }

        Assert.InRange(new Evaluator<float>(model).Evaluate(test).Accuracy, 0.95, 1);
    }

    [Fact]
    public void A_table_of_your_own_trains_like_any_other_data()
    {
        using TemporaryFolder folder = new();
        string path = folder["flowers.csv"];
        RandomSource random = new(seed: 1);
        File.WriteAllLines(path, ["length,width,species", .. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Row(5.0, 3.4, "setosa") : Row(6.3, 2.9, "versicolor"))]);

        Table flowers = Table.Read(path);
        TableData<float> data = TableData<float>.Prepare(flowers, new() { Target = ["species"] }, new() { TestFraction = 0.25, Seed = 1 });

        Sequential<float> model = new(new Dense<float>(data.Train.Features, 16, random), new Relu<float>(), new Dense<float>(16, data.Train.Classes, random));
        new Trainer<float>(model, new CrossEntropy(), new Adam<float>(model.Parameters, 0.01)) { Epochs = 30 }.Fit(new Batches<float>(data.Train, 16, random));
        Assert.InRange(new Evaluator<float>(model).Evaluate(data.Test!).Accuracy, 0.9, 1);

        string Row(double length, double width, string species) => $"{length + (0.3 * random.NextNormal()):F1},{width + (0.3 * random.NextNormal()):F1},{species}";
    }
}
