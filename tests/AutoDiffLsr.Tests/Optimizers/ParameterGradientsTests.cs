using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Training;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using Xunit;

namespace AutoDiffLsr.Tests.Optimizers;

/// <summary>Gradients as values, flat views of parameters, and derivatives by all parameters of a net.</summary>
public sealed class ParameterGradientsTests
{
    private static readonly Dataset<double> Data = Clouds.Make<double>(12, seed: 1);

    [Fact]
    public void Micro_batches_add_up_to_the_batch()
    {
        Sequential<double> model = Net();
        using Tape<double> tape = new();
        ParameterGradients<double> sum = new(model.Parameters);
        for (int part = 0; part < 3; part++)
        {
            sum.Add(tape.Gradients(Loss(model, tape, [.. Enumerable.Range(4 * part, 4)]), model.Parameters), 1.0 / 3);
            tape.Reset();
        }

        Gradients<double> whole = tape.Gradients(Loss(model, tape, [.. Enumerable.Range(0, 12)]), model.Parameters);
        foreach (Parameter<double> parameter in model.Parameters)
            Assert.True((sum[parameter] - whole[parameter].Value).L2Norm() < 1e-14);
        Sequential<double> other = Net();
        new Adam<double>(model.Parameters, 0.1).Step(sum);
        using Tape<double> second = new();
        new Adam<double>(other.Parameters, 0.1).Step(second.Gradients(Loss(other, second, [.. Enumerable.Range(0, 12)]), other.Parameters));
        Assert.True((model.Parameters[0].Value - other.Parameters[0].Value).L2Norm() < 1e-7);
        sum.Scale(2);
        Assert.True((sum[model.Parameters[0]] - (2 * whole[0].Value)).L2Norm() < 1e-14);
        sum.Clear();
        Assert.All(sum[model.Parameters[0]].Enumerate(), entry => Assert.Equal(0, entry));
    }

    [Fact]
    public void Tapes_of_several_threads_summed_in_order_give_the_same_bits()
    {
        Sequential<double> model = Net();
        double[] serial = Sum(parallel: false), parallel = Sum(parallel: true);
        Assert.Equal(serial, parallel);

        double[] Sum(bool parallel)
        {
            ParameterGradients<double>[] parts = [.. Enumerable.Range(0, 4).Select(_ => new ParameterGradients<double>(model.Parameters))];
            void Part(int i)
            {
                using Tape<double> tape = new();
                parts[i].Add(tape.Gradients(Loss(model, tape, [.. Enumerable.Range(3 * i, 3)]), model.Parameters));
            }

            if (parallel)
                Parallel.For(0, 4, Part);
            else
                Enumerable.Range(0, 4).ToList().ForEach(Part);
            for (int i = 1; i < 4; i++)
                parts[0].Add(parts[i]);
            return [.. model.Parameters.SelectMany(parameter => parts[0][parameter].Enumerate())];
        }
    }

    [Fact]
    public void Gradients_from_elsewhere_are_taken_by_parameter()
    {
        Parameter<float> a = new("a", Matrix<float>.Build.Dense(1, 2)), b = new("b", Matrix<float>.Build.Dense(1, 1));
        ParameterGradients<float> gradients = new([b, a]);
        gradients.Add(a, Matrix<float>.Build.Dense(1, 2, 3f));
        gradients[b][0, 0] = 4;
        Sgd<float> optimizer = new([a, b], 1) { Clipping = GradientClipping.ByNorm(1) };
        optimizer.Step(gradients);
        float norm = MathF.Sqrt(9 + 9 + 16);
        Assert.Equal(-3 / norm, a.Value[0, 1], 1e-6f);
        Assert.Equal(-4 / norm, b.Value[0, 0], 1e-6f);
        Assert.Contains("no gradient of parameter 'a'", Assert.Throws<ArgumentException>(() => optimizer.Step(new ParameterGradients<float>([b]))).Message, StringComparison.Ordinal);
        Assert.Contains("is 2x2, parameter 'a' is 1x2", Assert.Throws<ArgumentException>(() => gradients.Add(a, Matrix<float>.Build.Dense(2, 2))).Message, StringComparison.Ordinal);
        gradients[a][0, 0] = float.NaN;
        Assert.Contains("'a' (1x2, Parameters[0]) is NaN", Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(gradients)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Hessian_by_all_parameters_is_that_of_differences_and_its_product_agrees()
    {
        Sequential<double> model = Net();
        int[] all = [.. Enumerable.Range(0, 12)];
        using Tape<double> tape = new();
        FlatParameters<double> flat = new(model.Parameters);
        Vector<double> at = flat.ToVector();
        Matrix<double> hessian = Derivatives.Hessian(Loss(model, tape, all), model.Parameters);
        Assert.Equal((flat.Count, flat.Count), (hessian.RowCount, hessian.ColumnCount));
        Assert.True((hessian - hessian.Transpose()).L2Norm() < 1e-12);
        for (int i = 0; i < flat.Count; i += 3)
        {
            Vector<double> moved = at.Clone();
            moved[i] = at[i] + 1e-5;
            Vector<double> above = GradientAt(moved);
            moved[i] = at[i] - 1e-5;
            Assert.True((((above - GradientAt(moved)) / 2e-5) - hessian.Column(i)).L2Norm() < 1e-8);
        }

        flat.Assign(at);
        ParameterGradients<double> direction = new(model.Parameters);
        foreach (Parameter<double> parameter in model.Parameters)
            direction.Add(parameter, Matrix<double>.Build.Dense(parameter.Shape.Rows, parameter.Shape.Columns, (i, j) => 1 + i - j));
        tape.Reset();
        ParameterGradients<double> product = Derivatives.HessianVectorProduct(Loss(model, tape, all), model.Parameters, direction);
        Vector<double> v = Flatten(direction), expected = hessian * v;
        Assert.True((Flatten(product) - expected).L2Norm() < 1e-12);

        Vector<double> GradientAt(Vector<double> point)
        {
            flat.Assign(point);
            using Tape<double> other = new();
            return flat.Gather(other.Gradients(Loss(model, other, all), model.Parameters));
        }

        Vector<double> Flatten(ParameterGradients<double> gradients) =>
            Vector<double>.Build.DenseOfEnumerable(model.Parameters.SelectMany(parameter => gradients[parameter].ToColumnMajorArray()));
    }

    [Fact]
    public void The_product_with_the_Hessian_takes_two_sweeps_for_any_number_of_parameters()
    {
        Sequential<double> model = Net();
        using Tape<double> tape = new();
        int calls = 0;
        Variable<double> loss = Operation.Elementwise("counted", Loss(model, tape, [0, 1, 2]), static (x, y) => x.CopyTo(y), (x, y, dy) =>
        {
            calls++;
            return dy;
        });
        ParameterGradients<double> direction = new(model.Parameters);
        foreach (Parameter<double> parameter in model.Parameters)
            direction.Add(parameter, parameter.Value);
        Derivatives.HessianVectorProduct(loss.Square(), model.Parameters, direction);
        Assert.True(model.Parameters.Count > 2);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void The_Jacobian_of_the_rows_losses_has_the_gradient_of_each_sample()
    {
        Sequential<double> model = Net();
        using Tape<double> tape = new();
        Variable<double> losses = new CrossEntropy { Reduction = Reduction.None }.Compute(model.Forward(tape.Constant(Data.ToMatrix())), Data.Labels);
        Matrix<double> jacobian = Derivatives.Jacobian(losses, model.Parameters);
        Assert.Equal(12, jacobian.RowCount);
        for (int i = 0; i < 12; i++)
        {
            using Tape<double> other = new();
            Vector<double> single = new FlatParameters<double>(model.Parameters).Gather(other.Gradients(Loss(model, other, [i]), model.Parameters));
            Assert.True((single - jacobian.Row(i)).L2Norm() < 1e-13);
        }
    }

    [Fact]
    public void MathNets_BFGS_trains_a_model()
    {
        Sequential<double> model = Net();
        int[] all = [.. Enumerable.Range(0, 12)];
        FlatParameters<double> flat = new(model.Parameters);
        using Tape<double> tape = new();
        IObjectiveFunction objective = ObjectiveFunction.Gradient(point =>
        {
            flat.Assign(point);
            tape.Reset();
            Variable<double> loss = Loss(model, tape, all) + (0.01 * model.Parameters.Aggregate(tape.Constant(0), (sum, parameter) => sum + tape.Parameter(parameter).Square().Sum()));
            return (loss.Scalar, flat.Gather(tape.Gradients(loss, model.Parameters)));
        });
        MinimizationResult result = new BfgsMinimizer(1e-6, 1e-6, 1e-6, 500).FindMinimum(objective, flat.ToVector());
        Assert.True(result.FunctionInfoAtMinimum.Gradient.L2Norm() < 1e-5);
        Assert.Contains("There are 1 values for", Assert.Throws<ArgumentException>(() => flat.Assign(Vector<double>.Build.Dense(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_made_of_layers_has_their_parameters_and_one_that_forgets_them_is_named()
    {
        Dense<double> inner = new(2, 2, new RandomSource(1));
        Composite composite = new(inner), forgetful = new Forgetful(inner);
        Assert.Equal((2, 2, 6L), (composite.Parameters.Count, composite.NamedParameters().Count, composite.CountParameters()));
        string message = Assert.Throws<InvalidOperationException>(() => forgetful.NamedParameters()).Message;
        Assert.Contains("'Composite' lists its Parameters, but leaves out 'weight' (2x2) of its layer 'Dense 2 -> 2'", message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => forgetful.CountParameters());
        Dense<double> tied = new(inner.Weight, bias: null);
        Assert.Same(inner.Weight, Assert.Single(tied.Parameters));
        Assert.Equal(6, new Composite(inner, tied).CountParameters());
        Assert.Contains("the bias must be 1x2", Assert.Throws<ArgumentException>(() => new Dense<double>(inner.Weight, inner.Weight)).Message, StringComparison.Ordinal);
    }

    private static Sequential<double> Net()
    {
        RandomSource random = new(5);
        return [new Dense<double>(2, 3, random), new Tanh<double>(), new Dense<double>(3, 3, random)];
    }

    private static Variable<double> Loss(Layer<double> model, Tape<double> tape, int[] samples)
    {
        Dataset<double> part = Data.Subset(samples);
        return new CrossEntropy().Compute(model.Forward(tape.Constant(part.ToMatrix())), part.Labels);
    }

    private class Composite(params Layer<double>[] layers) : Layer<double>
    {
        public override string Description => "Composite";

        public override IReadOnlyList<Layer<double>> Children => layers;

        public override Variable<double> Forward(Variable<double> x) => layers.Aggregate(x, (y, layer) => layer.Forward(y));
    }

    private sealed class Forgetful(Layer<double> layer) : Composite(layer)
    {
        public override IReadOnlyList<Parameter<double>> Parameters => [];
    }
}
