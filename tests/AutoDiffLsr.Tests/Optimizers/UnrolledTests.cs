using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Optimizers;

/// <summary>Models called with other weights, and updates that stay on the tape.</summary>
public sealed class UnrolledTests
{
    private static readonly Matrix<double> X = Matrix<double>.Build.Dense(5, 2, (i, j) => Math.Sin(i + (3 * j))), Y = Matrix<double>.Build.Dense(5, 1, (i, _) => Math.Cos(2 * i));
    private static readonly Matrix<double> TestX = Matrix<double>.Build.Dense(4, 2, (i, j) => Math.Cos(i - j)), TestY = Matrix<double>.Build.Dense(4, 1, (i, _) => Math.Sin(i));

    [Fact]
    public void A_bound_model_computes_with_the_other_weights_and_hands_gradients_to_them()
    {
        Sequential<double> model = Net(1), other = Net(2);
        using Tape<double> tape = new();
        Variable<double>[] weights = [.. other.Parameters.Select(parameter => tape.Variable(parameter.Value))];
        Variable<double> bound;
        using (tape.Bind(model.Parameters, weights))
            bound = Loss(model, tape);
        Variable<double> expected = Loss(other, tape), own = Loss(model, tape);
        Assert.Equal(expected.Scalar, bound.Scalar);
        Assert.NotEqual(expected.Scalar, own.Scalar);
        Gradients<double> byVariable = tape.Gradients(bound, weights), byParameter = tape.Gradients(expected, other.Parameters), ofModel = tape.Gradients(bound, model.Parameters);
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(byParameter[i].Value, byVariable[i].Value);
            Assert.All(ofModel[i].Value.Enumerate(), entry => Assert.Equal(0, entry));
        }
    }

    [Fact]
    public void Bindings_nest_and_end_with_their_scope_or_with_a_reset()
    {
        Parameter<double> parameter = new("p", Matrix<double>.Build.Dense(1, 1, 1.0));
        using Tape<double> tape = new();
        Variable<double> two = tape.Constant(2), three = tape.Constant(3);
        using (tape.Bind([parameter], [two]))
        {
            using (tape.Bind([parameter], [three]))
                Assert.Equal(3, tape.Parameter(parameter).Scalar);
            Assert.Equal(2, tape.Parameter(parameter).Scalar);
            using (tape.NoRecording())
                Assert.Equal(2, tape.Parameter(parameter).Scalar);
            tape.Reset();
            Assert.Equal(1, tape.Parameter(parameter).Scalar);
        }

        Assert.Equal(1, tape.Parameter(parameter).Scalar);
        Assert.Contains("There are 0 values for 1 parameters", Assert.Throws<ArgumentException>(() => tape.Bind([parameter], [])).Message, StringComparison.Ordinal);
        ArgumentException shape = Assert.Throws<ArgumentException>(() => tape.Bind([parameter], [tape.Constant(new Shape(2, 1), 0.0)]));
        Assert.Contains("values[0] is 2x1, parameter 'p' is 1x1", shape.Message, StringComparison.Ordinal);
        using Tape<double> elsewhere = new();
        Assert.Contains("on another tape", Assert.Throws<ArgumentException>(() => tape.Bind([parameter], [elsewhere.Constant(1)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    public void Steps_on_the_tape_are_those_of_the_optimizer(string name)
    {
        Sequential<double> model = Net(1), stepped = Net(1);
        using Tape<double> tape = new();
        Unrolled<double> inner = Make(name, tape, model);
        Optimizer<double> optimizer = name switch
        {
            "sgd" => new Sgd<double>(stepped.Parameters, 0.1, weightDecay: 0.01),
            "momentum" => new Sgd<double>(stepped.Parameters, 0.1, momentum: 0.9),
            "nesterov" => new Sgd<double>(stepped.Parameters, 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01),
            _ => new Adam<double>(stepped.Parameters, 0.1),
        };
        using Tape<double> other = new();
        for (int step = 0; step < 4; step++)
        {
            Unroll(inner, model);
            optimizer.Step(other.Gradients(Loss(stepped, other), stepped.Parameters));
            other.Reset();
        }

        Assert.Equal(4, inner.Steps);
        Matrix<double>[] weights = [.. inner.Weights.ToArray().Select(weight => weight.Value)];
        for (int i = 0; i < weights.Length; i++)
            Assert.True((weights[i] - stepped.Parameters[i].Value).L2Norm() < 1e-13);
        Assert.Equal(Net(1).Parameters[0].Value, model.Parameters[0].Value);
    }

    [Theory]
    [InlineData("sgd", 1)]
    [InlineData("sgd", 3)]
    [InlineData("momentum", 3)]
    [InlineData("nesterov", 2)]
    [InlineData("adam", 2)]
    public void The_gradient_through_the_steps_is_that_of_finite_differences(string name, int steps)
    {
        Sequential<double> model = Net(1);
        CheckedFunction function = CheckedFunction.Of("meta-loss", (tape, _) => MetaLoss(name, steps, model, tape)).WithParameters(model.Parameters);
        CheckReport report = GradientCheck.Check(function, []);
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void A_rate_can_be_learnt()
    {
        Sequential<double> model = Net(1);
        Matrix<double> rate = Matrix<double>.Build.Dense(1, 1, 0.1);
        CheckedFunction function = CheckedFunction.Of("meta-loss by rate", (tape, inputs) =>
        {
            using RecordingScope<double> recording = tape.Recording();
            UnrolledSgd<double> inner = new(tape, model.Parameters, 0) { LearningRate = inputs[0] };
            Unroll(inner, model);
            Unroll(inner, model);
            using (inner.Bind())
                return Loss(model, tape);
        });
        CheckReport report = GradientCheck.Check(function.WithParameters(model.Parameters), [rate]);
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void A_first_order_step_has_the_gradient_of_the_weights_that_it_ends_at()
    {
        Sequential<double> model = Net(1);
        using Tape<double> tape = new();
        UnrolledSgd<double> inner = new(tape, model.Parameters, 0.1);
        Variable<double> loss = Loss(model, tape);
        inner.Step(loss, createGraph: false);
        Variable<double> meta;
        using (inner.Bind())
            meta = Loss(model, tape);
        Gradients<double> first = tape.Gradients(meta, model.Parameters), atEnd = tape.Gradients(meta, inner.Weights);
        for (int i = 0; i < first.Count; i++)
            Assert.Equal(atEnd[i].Value, first[i].Value);
    }

    [Fact]
    public void Entries_without_a_gradient_leave_that_of_Adam_finite()
    {
        Parameter<double> parameter = new("p", Matrix<double>.Build.Dense(1, 3, 1.0));
        using Tape<double> tape = new();
        UnrolledAdam<double> inner = new(tape, [parameter], 0.1);
        Variable<double> gate = tape.Constant(Matrix<double>.Build.Dense(1, 3, [1.0, 0, 2]));
        inner.Step((inner.Weights[0].Square() * gate).Sum());
        Matrix<double> gradient = tape.Gradient(inner.Weights[0].Sum(), parameter).Value;
        Assert.All(gradient.Enumerate(), entry => Assert.True(double.IsFinite(entry)));
        Assert.Equal(1, gradient[0, 1]);
        Assert.Equal(1, gradient[0, 0], 1e-7); // the first step is the rate times the sign, whatever the size
    }

    private static Variable<double> MetaLoss(string name, int steps, Sequential<double> model, Tape<double> tape)
    {
        using RecordingScope<double> recording = tape.Recording();
        Unrolled<double> inner = Make(name, tape, model);
        for (int step = 0; step < steps; step++)
            Unroll(inner, model);
        using (inner.Bind())
            return new MeanSquaredError().Compute(model.Forward(tape.Constant(TestX)), tape.Constant(TestY));
    }

    private static void Unroll(Unrolled<double> inner, Sequential<double> model)
    {
        Variable<double> loss;
        using (inner.Bind())
            loss = Loss(model, inner.Tape);
        inner.Step(loss);
    }

    private static Unrolled<double> Make(string name, Tape<double> tape, Sequential<double> model) => name switch
    {
        "sgd" => new UnrolledSgd<double>(tape, model.Parameters, 0.1, weightDecay: 0.01),
        "momentum" => new UnrolledSgd<double>(tape, model.Parameters, 0.1, momentum: 0.9),
        "nesterov" => new UnrolledSgd<double>(tape, model.Parameters, 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true),
        _ => new UnrolledAdam<double>(tape, model.Parameters, 0.1),
    };

    private static Variable<double> Loss(Sequential<double> model, Tape<double> tape) =>
        new MeanSquaredError().Compute(model.Forward(tape.Constant(X)), tape.Constant(Y));

    private static Sequential<double> Net(long seed)
    {
        RandomSource random = new(seed);
        return [new Dense<double>(2, 3, random), new Tanh<double>(), new Dense<double>(3, 1, random)];
    }
}
