using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Autodiff.Memory;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class VerifyValuesTests : IDisposable
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly Tape<double> tape = new() { VerifyValues = true };

    public void Dispose() => tape.Dispose();

    [Fact]
    public void A_parameter_written_in_place_past_its_version_is_named()
    {
        Parameter<double> p = new("p", M.Dense(1, 1, 3.0));
        Variable<double> v = tape.Parameter(p), loss = v * v;
        p.Value[0, 0] = 100;
        Fails("The value of 'p' (1x1) was changed in place between the forward pass and the gradient", () => tape.Gradient(loss, p));
        p.Value[0, 0] = 3;
        Assert.Equal(6.0, tape.Gradient(loss, p).Scalar);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(36)]
    public void A_change_of_any_number_of_an_input_a_constant_or_a_result_is_found(int place)
    {
        Matrix<double> input = M.Dense(37, 1, (i, _) => i), constant = M.Dense(37, 1, (i, _) => -i);
        foreach (bool createGraph in new[] { false, true })
        {
            tape.Reset();
            Variable<double> x = tape.Variable(input, "input"), c = tape.Constant(constant, "constant of mine"), exp = x.Exp(), loss = (exp * c).Sum();
            foreach ((string name, Matrix<double> value) in new[] { ("input", input), ("constant of mine", constant), ("exp", exp.Value) })
            {
                double before = value[place, 0];
                value[place, 0] = Math.BitIncrement(before);
                Fails($"The value of '{name}' (37x1) was changed in place", () => tape.Gradient(loss, x, createGraph));
                value[place, 0] = before;
                tape.Gradient(loss, x, createGraph);
            }
        }
    }

    [Fact]
    public void Two_numbers_that_change_places_are_a_change()
    {
        Matrix<double> input = M.Dense(1, 64, Enumerable.Range(0, 64).Select(i => (double)i).ToArray());
        Variable<double> x = tape.Variable(input), loss = x.Exp().Sum();
        (input[0, 3], input[0, 40]) = (input[0, 40], input[0, 3]);
        Fails("'variable' (1x64) was changed in place", () => tape.Gradient(loss, x));
    }

    [Fact]
    public void What_the_sweep_does_not_use_may_change_and_without_verification_nothing_is_read_twice()
    {
        Matrix<double> input = M.Dense(1, 1, 3.0);
        Variable<double> x = tape.Variable(input), y = tape.Variable(M.Dense(1, 1, 2.0)), unused = x * x, loss = y * y;
        input[0, 0] = 7;
        Assert.Equal(4.0, tape.Gradient(loss + (0 * unused.Detach()), y).Scalar);
        using Tape<double> trusting = new() { VerifyValues = false };
        x = trusting.Variable(input);
        loss = x * x;
        input[0, 0] = 100;
        Assert.Equal(200.0, trusting.Gradient(loss, x).Scalar);
    }

    [Fact]
    public void Losses_with_weights_and_second_order_are_taken_as_they_are()
    {
        Variable<double> z = tape.Variable(M.Dense(4, 3, (i, j) => i - (0.5 * j)));
        foreach (ClassificationLoss loss in new ClassificationLoss[] { new CrossEntropy { IgnoredLabel = 1 }, new LabelSmoothing(0.1) { ClassWeights = [1, 2, 3] }, new AbsoluteCrossEntropy(1, 1.5), new SparseLabelSmoothing(0.2) })
        {
            Variable<double> gradient = tape.Gradient(loss.Compute(z, [0, 1, 2, 0]), z, createGraph: true);
            Assert.True(double.IsFinite(tape.Gradient(gradient.Square().Sum(), z).Value.InfinityNorm()));
        }
    }

    [Fact]
    public void Memory_that_is_given_back_is_nan_from_then_on()
    {
        Variable<double> x = tape.Variable(M.Dense(2, 2, 3.0));
        Matrix<double> temporary = M.Dense(1, 1), result = x.Exp().Value;
        Variable<double> y = Operation.Elementwise("leaky", x, static (x, y) => x.CopyTo(y), (x, y, dy) =>
        {
            temporary = (x * dy).Value;
            return dy;
        });
        tape.Gradient(y.Sum(), x);
        Assert.All(temporary.Enumerate(), number => Assert.Equal(double.NaN, number));
        Assert.All(result.Enumerate(), number => Assert.Equal(Math.Exp(3), number, 1e-12));
        tape.Reset();
        Assert.All(result.Enumerate(), number => Assert.Equal(double.NaN, number));
    }

    [Fact]
    public void Programs_built_for_debugging_verify_by_default()
    {
        Assert.False(ValueVerification.IsBuiltForDebugging(null));
        Assert.False(ValueVerification.IsBuiltForDebugging(typeof(object).Assembly));
        ConstructorInfo attribute = typeof(DebuggableAttribute).GetConstructor([typeof(bool), typeof(bool)])!;
        foreach (bool optimized in new[] { false, true })
        {
            AssemblyBuilder program = AssemblyBuilder.DefineDynamicAssembly(
                new AssemblyName("program"), AssemblyBuilderAccess.RunAndCollect, [new CustomAttributeBuilder(attribute, [true, !optimized])]);
            Assert.Equal(!optimized, ValueVerification.IsBuiltForDebugging(program));
        }

        using Tape<float> ordinary = new();
        Assert.Equal(ValueVerification.IsDefault, ordinary.VerifyValues);
    }

    private static void Fails(string message, Func<object> use) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
}
