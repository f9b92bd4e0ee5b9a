using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Checking;

/// <summary>Layers and parameters in functions that are checked: found, named, checked, and given back as they were.</summary>
public sealed class LayerCheckTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;
    private static readonly Matrix<double> Samples = M.Dense(4, 3, (i, j) => 0.5 + (0.3 * i) - (0.75 * j) + (0.1 * i * j));

    [Fact]
    public void The_parameters_of_a_captured_layer_are_found_named_and_checked()
    {
        Dense<double> dense = new(3, 2, new RandomSource(1));
        Matrix<double> before = dense.Weight.Value.Clone();
        CheckReport report = GradientCheck.Check(v => dense.Forward(v), Samples);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(["weight 3x2", "bias 1x2"], report.FoundParameters);
        Assert.EndsWith("with parameters found in the function: weight 3x2, bias 1x2", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, dense.Weight.Value);
    }

    [Fact]
    public void A_wrong_gradient_of_a_captured_parameter_is_found()
    {
        Parameter<double> first = new("weight", M.Dense(3, 2, 0.5)), second = new("weight", M.Dense(2, 2, 0.25));
        CheckReport report = GradientCheck.Check(
            v => v.MatMul(v.Tape.Parameter(first)).MatMul(WrongOperations.Doubled(v.Tape.Parameter(second), (_, _, dy) => dy)), Samples, new CheckOptions { Order = 1 });
        Assert.Equal(CheckOutcome.Failed, report.Of(CheckKind.Derivative)!.Outcome);
        Assert.Contains("parameter 'weight': right", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("parameter 'weight' (2): 4 of 4 entries wrong, analytic = 0.5 x numeric", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("parameters found in the function: weight 3x2, weight 2x2", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Captured_parameters_in_float_are_matched_with_those_in_double_or_the_call_to_use_is_named()
    {
        Dense<double> dense = new(3, 2, new RandomSource(1));
        Dense<float> same = new(3, 2, new RandomSource(2)), other = new(3, 5, new RandomSource(2));
        CheckReport report = GradientCheck.Check(CheckedFunction.Of("dense", v => dense.Forward(v), v => same.Forward(v)), [Samples]);
        Assert.True(report.Passed, report.ToString());
        ArgumentException error = Assert.Throws<ArgumentException>(() => GradientCheck.Check(CheckedFunction.Of("dense", v => dense.Forward(v), v => other.Forward(v)), [Samples]));
        Assert.Contains("'dense' uses the parameters [weight 3x2, bias 1x2] in double and [weight 3x5, bias 1x5] in float", error.Message, StringComparison.Ordinal);
        Assert.Contains("CheckedFunction.WithParameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_were_named_are_not_found_again()
    {
        Dense<double> dense = new(3, 2, new RandomSource(1));
        CheckReport report = GradientCheck.Check(CheckedFunction.Of("dense", v => dense.Forward(v)).WithParameters([dense.Bias!]), [Samples]);
        Assert.Equal(["weight 3x2"], report.FoundParameters);
        Assert.Empty(GradientCheck.Check(CheckedFunction.Of("dense", v => dense.Forward(v)).WithParameters(dense.Parameters), [Samples]).FoundParameters);
    }

    [Fact]
    public void A_function_of_parameters_alone_is_checked()
    {
        Parameter<double> w = new("weight", M.Dense(2, 2, 0.5));
        Assert.True(GradientCheck.Check(CheckedFunction.Of("norm", (tape, _) => tape.Parameter(w).Square().Sum()), []).Passed);
    }

    [Fact]
    public void A_layer_is_checked_by_itself_with_the_full_names_of_its_parameters()
    {
        Sequential<double> net = [new Dense<double>(3, 4, new RandomSource(1)), new Tanh<double>(), new Dense<double>(4, 2, new RandomSource(2))];
        CheckReport report = GradientCheck.Check(net, Samples);
        Assert.True(report.Passed, report.ToString());
        Assert.Empty(report.FoundParameters);
        Assert.Equal(CheckOutcome.Passed, report.Of(CheckKind.Listing)!.Outcome);
        Sequential<double> wrong = [new Dense<double>(3, 4, new RandomSource(1)), new Wrong()];
        Assert.Contains("parameter '0.weight': 12 of 12 entries wrong", GradientCheck.Check(wrong, Samples).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_masks_and_running_statistics_are_the_same_at_each_call_and_afterwards()
    {
        Sequential<double> net = [new Dense<double>(3, 4, new RandomSource(1)), new BatchNorm<double>(4), new Dropout<double>(0.5, seed: 3)];
        Sequential<float> single = [new Dense<float>(3, 4, new RandomSource(1)), new BatchNorm<float>(4), new Dropout<float>(0.5, seed: 3)];
        net.Forward(new Tape<double>().Constant(Samples));
        single.Forward(new Tape<float>().Constant(Samples.ToSingle()));
        double[][] buffers = [.. net.NamedBuffers().Select(buffer => buffer.Value.ToColumnMajorArray())];
        ulong[] counters = [.. net.NamedCounters().Select(counter => counter.Value)];
        CheckReport report = GradientCheck.Check(CheckedFunction.Of(net, single), [Samples]);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(buffers, net.NamedBuffers().Select(buffer => buffer.Value.ToColumnMajorArray()));
        Assert.Equal(counters, net.NamedCounters().Select(counter => counter.Value));
    }

    [Fact]
    public void A_layer_listed_by_neither_is_found_and_named()
    {
        CheckReport report = GradientCheck.Check(new Forgetful(), Samples);
        CheckResult listing = report.Of(CheckKind.Listing)!;
        Assert.Equal(CheckOutcome.Failed, listing.Outcome);
        Assert.Contains("uses the parameters 'weight' 2x2, 'bias' 1x2, which neither its Parameters nor its Children list", listing.Detail, StringComparison.Ordinal);
        Assert.Contains("List the layer in field 'head' (Dense 2 -> 2) in Children", listing.Detail, StringComparison.Ordinal);
        Assert.Contains("the layer does not list what it uses", report.ToString(), StringComparison.Ordinal);
        Assert.Equal([CheckKind.Listing], report.Results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Kind));
    }

    [Fact]
    public void A_parameter_in_no_list_and_a_dropout_in_no_list_are_found()
    {
        Assert.Contains("uses the parameter 'scale' 1x3, which neither", GradientCheck.Check(new LooseParameter(), Samples).Of(CheckKind.Listing)!.Detail, StringComparison.Ordinal);
        Assert.Contains("List it in Parameters", GradientCheck.Check(new LooseParameter(), Samples).Of(CheckKind.Listing)!.Detail, StringComparison.Ordinal);
        string dropout = GradientCheck.Check(new LooseDropout(), Samples).Of(CheckKind.Listing)!.Detail;
        Assert.Contains("The layer in field 'Drop' (Dropout 0) is not in Children", dropout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_inside_a_layer_that_is_listed_is_looked_into_as_well()
    {
        Sequential<double> outer = [new Forgetful()];
        Assert.Contains("the layer in field 'head'", GradientCheck.Check(outer, Samples).Of(CheckKind.Listing)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_asked_of_a_function_that_is_no_layer()
    {
        Forgetful layer = new();
        CheckReport report = GradientCheck.Check(v => layer.Forward(v), Samples);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(["weight 3x2", "bias 1x2", "weight 2x2", "bias 1x2"], report.FoundParameters);
    }

    [Fact]
    public void A_null_layer_is_named() => Assert.Equal("layer", Assert.Throws<ArgumentNullException>(() => GradientCheck.Check((Layer<double>)null!, Samples)).ParamName);

    private sealed class Wrong : Layer<double>
    {
        public override string Description => "wrong";

        public override Variable<double> Forward(Variable<double> x) => WrongOperations.Doubled(x, (_, _, dy) => dy);
    }

    /// <summary>Lists the first of its two layers.</summary>
    private sealed class Forgetful : Layer<double>
    {
        private readonly Dense<double> body = new(3, 2, new RandomSource(1));
        private readonly Dense<double>[] head = [new(2, 2, new RandomSource(2))];

        public override string Description => "forgetful";

        public override IReadOnlyList<Layer<double>> Children => [body];

        public override IReadOnlyList<Parameter<double>> Parameters => body.Parameters;

        public override Variable<double> Forward(Variable<double> x) => head[0].Forward(body.Forward(x).Tanh());
    }

    private sealed class LooseParameter : Layer<double>
    {
        private readonly Parameter<double> scale = new("scale", M.Dense(1, 3, 1.5));

        public override string Description => "loose";

        public override Variable<double> Forward(Variable<double> x) => x * x.Tape.Parameter(scale);
    }

    private sealed class LooseDropout : Layer<double>
    {
        public override string Description => "loose";

        private Dropout<double> Drop { get; } = new(0, seed: 1);

        public override Variable<double> Forward(Variable<double> x) => Drop.Forward(x).Tanh();
    }
}
