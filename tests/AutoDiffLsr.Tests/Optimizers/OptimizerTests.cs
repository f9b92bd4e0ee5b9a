using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Optimizers;

/// <summary>The update rules against plain loops over PyTorch's documented algorithms (torch.optim, version 2.x), entry by entry in double.</summary>
public sealed class OptimizerTests
{
    private const int Steps = 100;

    /// <summary>A plain rule: (parameter, gradient, memory of three numbers, step counted from 1) gives the new parameter.</summary>
    private delegate double PlainRule(double p, double g, double[] memory, int step);

    public static TheoryData<string> Names => [.. Rules.Keys];

    private static Dictionary<string, PlainRule> Rules { get; } = new()
    {
        ["sgd"] = static (p, g, _, _) => p - (0.05 * g),
        ["sgd with decay"] = static (p, g, _, _) => p - (0.05 * (g + (0.1 * p))),
        ["sgd with momentum"] = static (p, g, memory, step) =>
        {
            memory[0] = step == 1 ? g : (0.9 * memory[0]) + g;
            return p - (0.05 * memory[0]);
        },
        ["sgd with nesterov and decay"] = static (p, g, memory, step) =>
        {
            double d = g + (0.01 * p);
            memory[0] = step == 1 ? d : (0.9 * memory[0]) + d;
            return p - (0.05 * (d + (0.9 * memory[0])));
        },
        ["sgd with momentum and dampening"] = static (p, g, memory, step) =>
        {
            memory[0] = step == 1 ? g : (0.9 * memory[0]) + (0.7 * g);
            return p - (0.05 * memory[0]);
        },
        ["adam"] = static (p, g, memory, step) => PlainAdam(p, g, memory, step),
        ["adam with decay"] = static (p, g, memory, step) => PlainAdam(p, g + (0.1 * p), memory, step),
        ["adamw"] = static (p, g, memory, step) => PlainAdam(p - (0.01 * 0.1 * p), g, memory, step),
        ["adam, amsgrad"] = static (p, g, memory, step) => PlainAdam(p, g, memory, step, amsgrad: true),
        ["adamw, amsgrad"] = static (p, g, memory, step) => PlainAdam(p - (0.01 * 0.1 * p), g, memory, step, amsgrad: true),
        ["rmsprop"] = static (p, g, memory, _) => p - (0.01 * PlainRms(g, memory)),
        ["rmsprop with momentum and decay"] = static (p, g, memory, _) =>
        {
            memory[2] = (0.8 * memory[2]) + PlainRms(g + (0.1 * p), memory);
            return p - (0.01 * memory[2]);
        },
        ["rmsprop, centered"] = static (p, g, memory, _) =>
        {
            memory[0] = (0.99 * memory[0]) + (0.01 * g * g);
            memory[1] = (0.99 * memory[1]) + (0.01 * g);
            return p - (0.01 * g / (Math.Sqrt(memory[0] - (memory[1] * memory[1])) + 1e-8));
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hundred_steps_in_double_equal_those_of_a_plain_loop(string name) =>
        Assert.InRange(LargestDifference(name, Make<double>, value => value, value => value), 0, 1e-12);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hundred_steps_in_float_equal_those_of_a_plain_loop(string name) =>
        Assert.InRange(LargestDifference(name, Make<float>, value => (float)value, value => value), 0, 5e-6);

    [Theory]
    [MemberData(nameof(Names))]
    public void Clipping_reaches_every_entry_of_every_rule(string name)
    {
        Assert.InRange(LargestDifference(name, Clipped(GradientClipping.ByValue(0.3)), value => value, value => value, gradient => Math.Clamp(gradient, -0.3, 0.3)), 0, 1e-12);

        // The norm of the gradients of a step is about 4.5; each step has another one.
        Assert.InRange(LargestDifference(name, Clipped(GradientClipping.ByNorm(3)), value => value, value => value, null, maximumNorm: 3), 0, 1e-12);

        static Func<string, IReadOnlyList<Parameter<double>>, Optimizer<double>> Clipped(GradientClipping clipping) => (name, parameters) =>
        {
            Optimizer<double> optimizer = Make(name, parameters);
            optimizer.Clipping = clipping;
            return optimizer;
        };
    }

    /// <summary>Values from the formulas: the first step of Adam is rate·g / (|g| + ε), that of RMSprop rate·g / (|g|·√0.01 + ε).</summary>
    [Theory]
    [InlineData("adam", 0.1, 1e-15, 1e-14f, 0.1 / 1.1)]
    [InlineData("adam", 0.1, 0, 1e-14f, 0.1)]
    [InlineData("adam", 0.1, 0, -1e-14f, -0.1)]
    [InlineData("adam", 0.1, 0, 1e-17f, 0.1)]
    [InlineData("adam", 0.1, 0, 1e17f, 0.1)]
    [InlineData("adamw", 0.1, 1e-15, 1e-14f, 0.1 / 1.1)]
    [InlineData("rmsprop", 0.05, 0, 1e-14f, 0.5)]
    [InlineData("rmsprop", 0.05, 1e-15, 1e-14f, 0.25)]
    [InlineData("rmsprop", 0.05, 0, -1e-17f, -0.5)]
    public void The_square_of_a_small_gradient_decides_the_first_step(string name, double rate, double epsilon, float gradient, double step)
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(7, 5));
        Feed(WithEpsilon<float>(name, [parameter], rate, epsilon), parameter, Matrix<float>.Build.Dense(7, 5, gradient));
        Assert.All(parameter.Value.Enumerate(), value => Assert.Equal(-step, value, 2e-5 * Math.Abs(step)));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    public void Without_an_epsilon_an_entry_without_a_gradient_stays(string name)
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(7, 5, 3f));
        Optimizer<float> optimizer = WithEpsilon<float>(name, [parameter], 0.1, epsilon: 0);
        Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5));

        // The square of this one is 0 in float.
        Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5, 1e-30f));
        Assert.All(parameter.Value.Enumerate(), value => Assert.Equal(3f, value));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void A_mean_of_squares_fades_to_zero_without_passing_through_denormals(string name)
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(7, 5));
        Optimizer<float> optimizer = name == "adam"
            ? new Adam<float>([parameter], beta1: 0.5, beta2: 0.5)
            : new RmsProp<float>([parameter], smoothing: 0.5, momentum: 0.5);
        Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5, 1e-6f));
        NamedTensor<float> squares = optimizer.State.Single(tensor => tensor.Name is "second_moment.0" or "mean_square.0");
        for (int i = 0; i < 120; i++)
        {
            Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5));
            Assert.All(squares.Value.Enumerate(), value => Assert.True(value == 0 || float.IsNormal(value), $"{value:R}"));
        }

        Assert.All(optimizer.State.SelectMany(tensor => tensor.Value.Enumerate()), value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_gradient_that_is_not_finite_is_refused_by_the_name_of_its_parameter(double spoilt)
    {
        foreach (string name in Rules.Keys)
        {
            foreach (GradientClipping? clipping in (GradientClipping?[])[null, GradientClipping.ByNorm(1), GradientClipping.ByValue(1)])
            {
                Parameter<double> good = New<double>(), bad = new("output.weight", Matrix<double>.Build.Dense(2, 3));
                Optimizer<double> optimizer = Make(name, (IReadOnlyList<Parameter<double>>)[good, bad]);
                optimizer.Clipping = clipping;
                using Tape<double> tape = new();
                Matrix<double> gradient = Matrix<double>.Build.Dense(2, 3, 1);
                gradient[1, 2] = spoilt;
                Gradients<double> gradients = tape.Gradients(tape.Parameter(good).Sum() + (tape.Parameter(bad) * tape.Constant(gradient)).Sum(), [good, bad]);
                NotFiniteNumberException error = Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(gradients));
                Assert.Contains(
                    FormattableString.Invariant($"The gradient of parameter 'output.weight' (2x3, Parameters[1]) is {spoilt} at [1, 2]; nothing was changed."),
                    error.Message,
                    StringComparison.Ordinal);
                Assert.Equal(New<double>().Value, good.Value);
                Assert.Equal(0, optimizer.Steps);
                Assert.All(optimizer.State.SelectMany(tensor => tensor.Value.Enumerate()), value => Assert.Equal(0, value));

                optimizer.NonFiniteGradients = NonFiniteGradients.Skip;
                optimizer.Step(gradients);
                Assert.Equal(New<double>().Value, good.Value);
                Assert.Equal((0L, 1L), (optimizer.Steps, optimizer.SkippedSteps));
                optimizer.Step(tape.Gradients(tape.Parameter(good).Sum(), [good, bad]));
                Assert.Equal((1L, 1L), (optimizer.Steps, optimizer.SkippedSteps));
                Assert.NotEqual(New<double>().Value, good.Value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_copied_into_another_optimizer_goes_on_bit_by_bit(string name)
    {
        Parameter<float> first = New<float>(), second = New<float>();
        Optimizer<float> whole = Make(name, [first]), half = Make(name, [second]);
        for (int step = 1; step <= 10; step++)
            StepBoth(step, step <= 5);
        Parameter<float> third = new("p", second.Value.Clone());
        Optimizer<float> rest = Make(name, [third]);
        foreach ((NamedTensor<float> from, NamedTensor<float> to) in half.State.Zip(rest.State))
            from.Value.CopyTo(to.Value);
        foreach ((NamedCounter from, NamedCounter to) in half.Counters.Zip(rest.Counters))
            to.Value = from.Value;
        for (int step = 6; step <= 10; step++)
            Step(rest, third, step, value => (float)value);
        Assert.Equal(first.Value, third.Value);

        void StepBoth(int step, bool both)
        {
            Step(whole, first, step, value => (float)value);
            if (both)
                Step(half, second, step, value => (float)value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing_with_either_clipping(string name)
    {
        Parameter<float> parameter = New<float>();
        Optimizer<float> optimizer = Make(name, [parameter]);
        using Tape<float> tape = new();
        Matrix<float> slope = Matrix<float>.Build.Dense(7, 5, 1f);
        foreach (GradientClipping? clipping in (GradientClipping?[])[null, GradientClipping.ByNorm(1), GradientClipping.ByValue(0.5)])
        {
            optimizer.Clipping = clipping;
            for (int i = 0; i < 20; i++)
                Once();
            Assert.Equal(0, Allocations.Of(Once, times: 100));
        }

        void Once()
        {
            optimizer.Step(tape.Gradients((tape.Parameter(parameter) * tape.Constant(slope)).Sum(), optimizer.Parameters));
            tape.Reset();
        }
    }

    [Theory]
    [InlineData("sgd with momentum")]
    [InlineData("adam")]
    [InlineData("rmsprop with momentum and decay")]
    public void Averages_that_fade_end_at_zero_instead_of_in_denormals(string name)
    {
        Parameter<float> parameter = new("p", Matrix<float>.Build.Dense(7, 5));
        Optimizer<float> optimizer = Make(name, [parameter]);
        Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5, 1e-12f));
        foreach (NamedTensor<float> tensor in optimizer.State)
            Assert.All(tensor.Value.Enumerate(), value => Assert.True(value == 0 || Math.Abs(value) >= 1e-30f, $"{tensor.Name} {value:R}"));
        for (int i = 0; i < 1500; i++)
        {
            parameter.Assign(Matrix<float>.Build.Dense(7, 5));
            Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5));
        }

        foreach (NamedTensor<float> tensor in optimizer.State.Where(tensor => tensor.Name is "momentum.0" or "first_moment.0"))
            Assert.All(tensor.Value.Enumerate(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void State_is_named_after_the_place_of_its_parameter()
    {
        Parameter<float> weight = new("weight", Matrix<float>.Build.Dense(2, 3)), bias = new("bias", Matrix<float>.Build.Dense(1, 3));
        Adam<float> optimizer = new([weight, bias]);
        Assert.Equal(["first_moment.0", "first_moment.1", "second_moment.0", "second_moment.1"], optimizer.State.Select(tensor => tensor.Name));
        Assert.Equal(new Shape(1, 3), new Shape(optimizer.State[1].Value.RowCount, optimizer.State[1].Value.ColumnCount));
        Assert.Equal(["steps"], optimizer.Counters.Select(counter => counter.Name));
    }

    [Fact]
    public void Gradients_are_matched_by_parameter_not_by_place()
    {
        Parameter<double> a = new("a", Matrix<double>.Build.Dense(1, 1)), b = new("b", Matrix<double>.Build.Dense(1, 1)), c = new("c", Matrix<double>.Build.Dense(1, 1));
        Sgd<double> optimizer = new([c, a], learningRate: 1);
        using Tape<double> tape = new();
        Variable<double> loss = tape.Parameter(a) + (2 * tape.Parameter(b)) + (3 * tape.Parameter(c));
        optimizer.Step(tape.Gradients(loss, [a, b, c]));
        Assert.Equal((-1.0, 0.0, -3.0), (a.Value[0, 0], b.Value[0, 0], c.Value[0, 0]));
    }

    [Fact]
    public void A_missing_gradient_is_refused_before_anything_changes()
    {
        Parameter<double> a = new("a", Matrix<double>.Build.Dense(1, 1)), b = new("missing", Matrix<double>.Build.Dense(1, 1));
        Sgd<double> optimizer = new([a, b], learningRate: 1);
        using Tape<double> tape = new();
        Gradients<double> gradients = tape.Gradients(tape.Parameter(a) * 2, [a]);
        Assert.Contains("'missing' was not asked for", Assert.Throws<ArgumentException>(() => optimizer.Step(gradients)).Message, StringComparison.Ordinal);
        Assert.Equal((0.0, 0), (a.Value[0, 0], optimizer.Steps));
    }

    [Fact]
    public void Gradients_of_a_tape_that_was_reset_are_refused()
    {
        Parameter<double> a = new("a", Matrix<double>.Build.Dense(1, 1));
        Sgd<double> optimizer = new([a], learningRate: 1);
        using Tape<double> tape = new();
        Gradients<double> gradients = tape.Gradients(tape.Parameter(a) * 2, [a]);
        tape.Reset();
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(gradients));
    }

    /// <summary>After one large gradient and many small ones Adam has forgotten the large one, and AMSGrad has not; both paths of the kernel.</summary>
    [Fact]
    public void Amsgrad_does_not_forget_a_large_gradient()
    {
        foreach (bool amsgrad in new[] { false, true })
        {
            Parameter<double> parameter = New<double>();
            Adam<double> optimizer = new([parameter], 0.01, beta1: 0, beta2: 0.5, amsgrad: amsgrad);
            for (int step = 0; step < 30; step++)
                Feed(optimizer, parameter, Matrix<double>.Build.Dense(7, 5, step == 0 ? 100 : 1));
            Matrix<double> before = parameter.Value.Clone();
            Feed(optimizer, parameter, Matrix<double>.Build.Dense(7, 5, 1));
            double expected = amsgrad ? 0.01 / Math.Sqrt(100 * 100 * 0.5) : 0.01;
            Assert.All((before - parameter.Value).Enumerate(), moved => Assert.Equal(expected, moved, expected * 1e-3));
        }
    }

    /// <summary>Equal gradients have no deviation: rounding must not make it negative, whose root would be NaN.</summary>
    [Fact]
    public void Centered_rmsprop_of_equal_gradients_stays_finite()
    {
        Parameter<float> parameter = New<float>();
        RmsProp<float> optimizer = new([parameter], 1e-6, smoothing: 0.5, centered: true);
        for (int step = 0; step < 200; step++)
            Feed(optimizer, parameter, Matrix<float>.Build.Dense(7, 5, (i, j) => 0.1f + (0.01f * i) + (0.003f * j)));
        Assert.All(parameter.Value.Enumerate(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Parameters_and_combinations_that_cannot_be_are_refused()
    {
        Parameter<float>[] parameters = [New<float>()];
        Assert.Throws<ArgumentException>(() => new Sgd<float>(parameters, 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => new Sgd<float>(parameters, 0.1, dampening: 0.1));
        Assert.Throws<ArgumentException>(() => new Sgd<float>(parameters, 0.1, momentum: 0.9, nesterov: true, dampening: 0.1));
        Assert.Throws<ArgumentException>(() => new Adam<float>([]));
        Assert.Throws<ArgumentException>(() => new Adam<float>([parameters[0], parameters[0]]));
    }

    internal static void Feed<T>(Optimizer<T> optimizer, Parameter<T> parameter, Matrix<T> gradient)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        using Tape<T> tape = new();
        optimizer.Step(tape.Gradients((tape.Parameter(parameter) * tape.Constant(gradient)).Sum(), [parameter]));
    }

    private static double PlainAdam(double p, double g, double[] memory, int step, bool amsgrad = false)
    {
        memory[0] = (0.9 * memory[0]) + (0.1 * g);
        memory[1] = (0.999 * memory[1]) + (0.001 * g * g);
        double mean = memory[0] / (1 - Math.Pow(0.9, step)), second = amsgrad ? memory[2] = Math.Max(memory[2], memory[1]) : memory[1], square = second / (1 - Math.Pow(0.999, step));
        return p - (0.01 * mean / (Math.Sqrt(square) + 1e-8));
    }

    private static double PlainRms(double g, double[] memory)
    {
        memory[0] = (0.99 * memory[0]) + (0.01 * g * g);
        return g / (Math.Sqrt(memory[0]) + 1e-8);
    }

    private static Optimizer<T> Make<T>(string name, IReadOnlyList<Parameter<T>> parameters)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => name switch
        {
            "sgd" => new Sgd<T>(parameters, 0.05),
            "sgd with decay" => new Sgd<T>(parameters, 0.05, weightDecay: 0.1),
            "sgd with momentum" => new Sgd<T>(parameters, 0.05, momentum: 0.9),
            "sgd with nesterov and decay" => new Sgd<T>(parameters, 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01),
            "sgd with momentum and dampening" => new Sgd<T>(parameters, 0.05, momentum: 0.9, dampening: 0.3),
            "adam" => new Adam<T>(parameters, 0.01),
            "adam, amsgrad" => new Adam<T>(parameters, 0.01, amsgrad: true),
            "adamw, amsgrad" => new AdamW<T>(parameters, 0.01, weightDecay: 0.1, amsgrad: true),
            "rmsprop, centered" => new RmsProp<T>(parameters, 0.01, centered: true),
            "adam with decay" => new Adam<T>(parameters, 0.01, weightDecay: 0.1),
            "adamw" => new AdamW<T>(parameters, 0.01, weightDecay: 0.1),
            "rmsprop" => new RmsProp<T>(parameters, 0.01),
            _ => new RmsProp<T>(parameters, 0.01, momentum: 0.8, weightDecay: 0.1),
        };

    private static Optimizer<T> WithEpsilon<T>(string name, IReadOnlyList<Parameter<T>> parameters, double rate, double epsilon)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => name switch
        {
            "adam" => new Adam<T>(parameters, rate, epsilon: epsilon),
            "adamw" => new AdamW<T>(parameters, rate, epsilon: epsilon, weightDecay: 0),
            _ => new RmsProp<T>(parameters, rate, epsilon: epsilon),
        };

    /// <summary>7 x 5: not a multiple of any vector's length, so that the last entries take the other path.</summary>
    private static Parameter<T> New<T>()
        where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
        new("p", Matrix<T>.Build.Dense(7, 5, (i, j) => T.CreateTruncating(Start(i, j))));

    private static double Start(int i, int j) => Math.Sin(i + (7 * j));

    private static double Slope(int i, int j, int step) => Math.Cos(step + (0.3 * i) + j) + (0.2 * j);

    private static void Step<T>(Optimizer<T> optimizer, Parameter<T> parameter, int step, Func<double, T> convert)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
        Feed(optimizer, parameter, Matrix<T>.Build.Dense(7, 5, (i, j) => convert(Slope(i, j, step))));

    private static double LargestDifference<T>(
        string name, Func<string, IReadOnlyList<Parameter<T>>, Optimizer<T>> make, Func<double, T> convert, Func<T, double> back,
        Func<double, double>? limit = null, double maximumNorm = double.PositiveInfinity)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        Parameter<T> parameter = New<T>();
        Optimizer<T> optimizer = make(name, [parameter]);
        for (int step = 1; step <= Steps; step++)
            Step(optimizer, parameter, step, convert);
        double largest = 0;
        double[] norms = [.. Enumerable.Range(0, Steps + 1).Select(step => Matrix<double>.Build.Dense(7, 5, (i, j) => Slope(i, j, step)).FrobeniusNorm())];
        for (int i = 0; i < 7; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                double[] memory = new double[3];
                double p = Start(i, j);
                for (int step = 1; step <= Steps; step++)
                    p = Rules[name](p, Limited(Slope(i, j, step), step), memory, step);
                largest = Math.Max(largest, Math.Abs(p - back(parameter.Value[i, j])) / (1 + Math.Abs(p)));
            }
        }

        return largest;

        double Limited(double gradient, int step) => limit is not null ? limit(gradient) : gradient * Math.Min(1, maximumNorm / norms[step]);
    }
}
