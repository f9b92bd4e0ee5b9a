using System.Text.Json;
using System.Text.Json.Nodes;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Checking.FsCheck;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.TorchComparison;

/// <summary>200 steps of every optimizer with every schedule and clipping, against PyTorch: each number of each step.</summary>
/// <remarks>
/// The rates are small, so that no trajectory arrives: at a minimum Adam and RMSprop divide next to nothing by next to nothing, and any two computations that
/// differ in a rounding part within a few dozen steps.
/// </remarks>
public sealed class TorchTrajectoryTests(TorchReference torch, ITestOutputHelper output) : IClassFixture<TorchReference>
{
    private const int Steps = 200, Samples = 12, Inputs = 5, Outputs = 4;

    private static readonly (string Name, Func<RandomSource, (JsonObject Spec, Func<IReadOnlyList<Parameter<double>>, Optimizer<double>> Make)> Draw)[] Optimizers =
    [
        ("Sgd", random => Sgd(random, momentum: 0, nesterov: false)),
        ("Sgd with momentum", random => Sgd(random, Between(random, 0.5, 0.95), nesterov: false)),
        ("Sgd with Nesterov's momentum", random => Sgd(random, Between(random, 0.5, 0.95), nesterov: true)),
        ("Sgd with dampened momentum", random => Sgd(random, Between(random, 0.5, 0.95), nesterov: false, Between(random, 0.1, 0.9))),
        ("Adam", random => Adam(random, decoupled: false)),
        ("AdamW", random => Adam(random, decoupled: true)),
        ("Adam with AMSGrad", random => Adam(random, decoupled: false, amsgrad: true)),
        ("AdamW with AMSGrad", random => Adam(random, decoupled: true, amsgrad: true)),
        ("RmsProp", random => RmsProp(random, momentum: 0)),
        ("RmsProp, centered", random => RmsProp(random, momentum: random.NextInt(2) * 0.5, centered: true)),
        ("RmsProp with momentum", random => RmsProp(random, Between(random, 0.5, 0.9))),
    ];

    private static readonly Func<RandomSource, (JsonObject Spec, Schedule Schedule)>[] Schedules =
    [
        _ => (new() { ["kind"] = "Constant" }, Schedule.Constant), MultiStep, Cosine, Warmup, WarmupThenCosine, Exponential, Cyclic, Plateau,
    ];

    private static readonly Func<RandomSource, (JsonObject Spec, GradientClipping? Clipping)>[] Clippings = [_ => (new() { ["kind"] = "None" }, null), ByNorm, ByValue];

    [Fact]
    public void Every_optimizer_walks_the_same_way_with_every_schedule_and_clipping()
    {
        int rounds = Effort.Cases(1, 3), count = 0, clipped = 0;
        double worst = 0;
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Optimizers.Length * Schedules.Length * Clippings.Length; i++)
            {
                // In the ordinary run each optimizer meets each schedule, and the clippings take turns.
                int optimizer = i % Optimizers.Length, schedule = i / Optimizers.Length % Schedules.Length, clipping = i / (Optimizers.Length * Schedules.Length);
                if (!Effort.IsFull && clipping != (optimizer + schedule) % Clippings.Length)
                    continue;
                double difference = Difference(Optimizers[optimizer].Draw, Schedules[schedule], Clippings[clipping], new RandomSource((round * 1000) + i), out string what);
                Assert.True(difference <= TorchProgramTests.Tolerance, $"{difference} after {Steps} steps of {what}");
                worst = Math.Max(worst, difference);
                count++;
                clipped += clipping > 0 ? 1 : 0;
            }
        }

        Assert.True(clipped > 0);
        output.WriteLine($"{count} trajectories of {Steps} steps, {clipped} of them clipped; worst difference {worst:G2}");
    }

    private double Difference(
        Func<RandomSource, (JsonObject Spec, Func<IReadOnlyList<Parameter<double>>, Optimizer<double>> Make)> drawOptimizer,
        Func<RandomSource, (JsonObject Spec, Schedule Schedule)> drawSchedule,
        Func<RandomSource, (JsonObject Spec, GradientClipping? Clipping)> drawClipping,
        RandomSource random,
        out string what)
    {
        Matrix<double> x = Draw(random, Samples, Inputs), y = Draw(random, Samples, Outputs);
        Parameter<double> w = new("weight", Draw(random, Inputs, Outputs)), b = new("bias", Draw(random, 1, Outputs));
        (JsonObject optimizerSpec, Func<IReadOnlyList<Parameter<double>>, Optimizer<double>> make) = drawOptimizer(random);
        (JsonObject scheduleSpec, Schedule schedule) = drawSchedule(random);
        (JsonObject clippingSpec, GradientClipping? clipping) = drawClipping(random);
        Optimizer<double> optimizer = make([w, b]);
        what = $"{optimizer}, {schedule}, clipping {clippingSpec.ToJsonString()}";
        JsonObject question = new()
        {
            ["ask"] = "trajectory",
            ["samples"] = TorchReference.Rows(x),
            ["targets"] = TorchReference.Rows(y),
            ["weight"] = TorchReference.Rows(w.Value),
            ["bias"] = TorchReference.Rows(b.Value),
            ["optimizer"] = optimizerSpec,
            ["schedule"] = scheduleSpec,
            ["clipping"] = clippingSpec,
            ["steps"] = Steps,
        };
        double[][] theirs = torch.Ask(question)["path"].Deserialize<double[][]>()!, ours = Walk(optimizer, schedule, clipping, x, y, w, b);
        return ours.Zip(theirs, (mine, other) => mine.Zip(other, (p, q) => Math.Abs(p - q) / Math.Max(1, Math.Abs(q))).Max()).Max();
    }

    private static double[][] Walk(
        Optimizer<double> optimizer, Schedule schedule, GradientClipping? clipping, Matrix<double> x, Matrix<double> y, Parameter<double> w, Parameter<double> b)
    {
        double baseRate = optimizer.LearningRate;
        optimizer.Clipping = clipping;
        double[][] path = new double[Steps][];
        double[] losses = new double[Steps];
        using Tape<double> tape = new();
        for (int step = 0; step < Steps; step++)
        {
            optimizer.LearningRate = baseRate * schedule.Factor(step, losses.AsSpan(0, step));
            tape.Reset();
            Variable<double> loss = ((tape.Constant(x).MatMul(tape.Parameter(w)) + tape.Parameter(b)).Tanh() - tape.Constant(y)).Square().Mean();
            optimizer.Step(tape.Gradients(loss, [w, b]));
            losses[step] = loss.Scalar;
            path[step] = [.. w.Value.ToColumnMajorArray(), .. b.Value.ToColumnMajorArray()];
        }

        return path;
    }

    private static (JsonObject Spec, Func<IReadOnlyList<Parameter<double>>, Optimizer<double>> Make) Sgd(RandomSource random, double momentum, bool nesterov, double dampening = 0)
    {
        double rate = Between(random, 0.01, 0.1), decay = random.NextInt(2) * Between(random, 0.001, 0.05);
        JsonObject settings = new() { ["lr"] = rate, ["momentum"] = momentum, ["nesterov"] = nesterov, ["weight_decay"] = decay, ["dampening"] = dampening };
        return (new() { ["kind"] = "Sgd", ["settings"] = settings }, parameters => new Sgd<double>(parameters, rate, momentum, nesterov, decay, dampening));
    }

    private static (JsonObject Spec, Func<IReadOnlyList<Parameter<double>>, Optimizer<double>> Make) Adam(RandomSource random, bool decoupled, bool amsgrad = false)
    {
        double rate = Between(random, 0.0003, 0.001), beta1 = Between(random, 0.7, 0.95), beta2 = Between(random, 0.98, 0.999);
        double epsilon = random.NextInt(2) == 0 ? 1e-8 : 1e-4, decay = random.NextInt(2) * Between(random, 0.001, 0.1);
        JsonObject settings = new() { ["lr"] = rate, ["betas"] = new JsonArray(beta1, beta2), ["eps"] = epsilon, ["weight_decay"] = decay, ["amsgrad"] = amsgrad };
        return decoupled
            ? (new() { ["kind"] = "AdamW", ["settings"] = settings }, parameters => new AdamW<double>(parameters, rate, beta1, beta2, epsilon, decay, amsgrad))
            : (new() { ["kind"] = "Adam", ["settings"] = settings }, parameters => new Adam<double>(parameters, rate, beta1, beta2, epsilon, decay, amsgrad));
    }

    private static (JsonObject Spec, Func<IReadOnlyList<Parameter<double>>, Optimizer<double>> Make) RmsProp(RandomSource random, double momentum, bool centered = false)
    {
        double rate = Between(random, 0.0001, 0.0004) * (1 - momentum), smoothing = Between(random, 0.9, 0.99), epsilon = random.NextInt(2) == 0 ? 1e-3 : 1e-2;
        double decay = random.NextInt(2) * Between(random, 0.001, 0.05);
        JsonObject settings = new() { ["lr"] = rate, ["alpha"] = smoothing, ["eps"] = epsilon, ["momentum"] = momentum, ["weight_decay"] = decay, ["centered"] = centered };
        return (new() { ["kind"] = "RmsProp", ["settings"] = settings }, parameters => new RmsProp<double>(parameters, rate, smoothing, epsilon, momentum, decay, centered));
    }

    private static (JsonObject Spec, Schedule Schedule) MultiStep(RandomSource random)
    {
        int first = 10 + random.NextInt(60), second = first + 10 + random.NextInt(60);
        double factor = Between(random, 0.1, 0.9);
        return (new() { ["kind"] = "MultiStep", ["factor"] = factor, ["milestones"] = new JsonArray(first, second) }, Schedule.MultiStep(factor, first, second));
    }

    private static (JsonObject Spec, Schedule Schedule) Cosine(RandomSource random)
    {
        double floor = random.NextInt(2) * Between(random, 0.05, 0.5);
        return (new() { ["kind"] = "Cosine", ["length"] = Steps, ["floor"] = floor }, Schedule.Cosine(Steps, floor));
    }

    private static (JsonObject Spec, Schedule Schedule) Warmup(RandomSource random)
    {
        int length = 5 + random.NextInt(100);
        double start = Between(random, 0.1, 0.9);
        return (new() { ["kind"] = "Warmup", ["length"] = length, ["start"] = start }, Schedule.LinearWarmup(length, start));
    }

    private static (JsonObject Spec, Schedule Schedule) WarmupThenCosine(RandomSource random)
    {
        int warmup = 5 + random.NextInt(50);
        double start = Between(random, 0.1, 0.9);
        return (
            new() { ["kind"] = "WarmupThenCosine", ["warmup"] = warmup, ["length"] = Steps - warmup, ["start"] = start },
            Schedule.LinearWarmup(warmup, start).Then(Schedule.Cosine(Steps - warmup)));
    }

    private static (JsonObject Spec, Schedule Schedule) Exponential(RandomSource random)
    {
        double factor = Between(random, 0.97, 0.999);
        return (new() { ["kind"] = "Exponential", ["factor"] = factor }, Schedule.Exponential(factor));
    }

    private static (JsonObject Spec, Schedule Schedule) Cyclic(RandomSource random)
    {
        int half = 5 + random.NextInt(40);
        double floor = Between(random, 0.05, 0.5);
        return (new() { ["kind"] = "Cyclic", ["half"] = half, ["floor"] = floor }, Schedule.Cyclic(2 * half, floor));
    }

    /// <summary>The loss falls by less than the threshold in most steps, so that the rate is reduced several times on the way.</summary>
    private static (JsonObject Spec, Schedule Schedule) Plateau(RandomSource random)
    {
        int patience = random.NextInt(6), cooldown = random.NextInt(8);
        double factor = Between(random, 0.5, 0.9), threshold = Between(random, 0.005, 0.1), floor = random.NextInt(2) * Between(random, 0.05, 0.3);
        return (
            new() { ["kind"] = "Plateau", ["factor"] = factor, ["patience"] = patience, ["threshold"] = threshold, ["cooldown"] = cooldown, ["floor"] = floor },
            Schedule.ReduceOnPlateau(factor, patience, threshold, cooldown, floor));
    }

    private static (JsonObject Spec, GradientClipping? Clipping) ByNorm(RandomSource random)
    {
        double maximum = Between(random, 0.02, 0.2);
        return (new() { ["kind"] = "Norm", ["maximum"] = maximum }, GradientClipping.ByNorm(maximum));
    }

    private static (JsonObject Spec, GradientClipping? Clipping) ByValue(RandomSource random)
    {
        double maximum = Between(random, 0.005, 0.05);
        return (new() { ["kind"] = "Value", ["maximum"] = maximum }, GradientClipping.ByValue(maximum));
    }

    private static double Between(RandomSource random, double low, double high) => low + ((high - low) * random.NextDouble());

    private static Matrix<double> Draw(RandomSource random, int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);
}
