using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Search.Evaluation;

public sealed class LocalSearchTests
{
    private const string Formula = "abs(log(1.1*y*0.9*f)) + 0.7*div(y, f) - (y - 1.2*f)^2";

    /// <summary>Against numbers: the meta-gradient is the numerical derivative of the task's loss after the steps, with momentum and weight decay.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void The_gradient_through_training_is_the_derivative_of_its_result(int steps, bool isClassification)
    {
        InnerSettings settings = new() { Hidden = [5], LearningRate = 0.2, InnerSteps = steps, WeightDecay = 0.01 };
        Samples<double>[] batches = [.. Enumerable.Range(0, steps + 1).Select(i => Batch(isClassification, i))];
        SymbolicLoss loss = new(Expression.Parse(Formula));
        Sequential<double> net = NetTraining.Create(batches[0], settings, new RandomSource(4));
        using Tape<double> tape = new();
        LocalSearch<double> search = new(tape, loss, net, settings);
        Gradients<double> gradients = tape.Gradients(TaskLoss(), search.Weights);
        double[] unrolled = [.. search.Weights.Select((_, i) => gradients[i].Scalar)];
        double scale = unrolled.Max(Math.Abs);
        for (int i = 0; i < unrolled.Length; i++)
        {
            DerivativeEstimate numeric = Ridders.Derivative(value => With(search.Weights[i], value), search.Weights[i].Value[0, 0], step: 1e-3);
            Assert.True(Math.Abs(numeric.Value - unrolled[i]) <= 1e-6 * scale, $"weight {i}: {unrolled[i]}, but {numeric}");
        }

        Variable<double> TaskLoss()
        {
            int next = 0;
            tape.Reset();
            return search.TaskLoss(() => batches[next++], batches[steps]);
        }

        double With(Parameter<double> weight, double value)
        {
            double before = weight.Value[0, 0];
            weight.Update()[0] = value;
            double loss = TaskLoss().Scalar;
            weight.Update()[0] = before;
            return loss;
        }
    }

    /// <summary>
    /// Against another derivation, without a derivative through the net of the recorded kind: with v the gradient of what comes after at θ' and u = J·v its
    /// change of the outputs, a step of gradient descent contributes -α·∂/∂φ Σ uₙ·∂ℓ/∂fₙ, and v goes back by (1 - α·decay)·v - α·H·v.
    /// </summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void The_gradient_through_training_is_that_of_the_forward_mode_formula(int steps, bool isClassification)
    {
        InnerSettings settings = new() { Hidden = [5], LearningRate = 0.2, InnerSteps = steps, WeightDecay = 0.01, Momentum = 0 };
        Samples<double>[] batches = [.. Enumerable.Range(0, steps + 1).Select(i => Batch(isClassification, i))];
        SymbolicLoss loss = new(Expression.Parse(Formula));
        Sequential<double> net = NetTraining.Create(batches[0], settings, new RandomSource(4));
        using Tape<double> tape = new();
        LocalSearch<double> search = new(tape, loss, net, settings);
        int next = 0;
        Gradients<double> gradients = tape.Gradients(search.TaskLoss(() => batches[next++], batches[steps]), search.Weights);
        double[] unrolled = [.. search.Weights.Select((_, i) => gradients[i].Scalar)];

        double[] formula = ByFormula(loss, net, batches, settings);
        double scale = unrolled.Max(Math.Abs);
        Assert.True(scale > 1e-3);
        Assert.All(unrolled.Zip(formula), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-6 * scale));
    }

    [Fact]
    public void The_first_step_of_nesterov_goes_by_one_plus_momentum_as_far()
    {
        double With(double momentum, double rate)
        {
            InnerSettings settings = new() { Hidden = [5], LearningRate = rate, Momentum = momentum, WeightDecay = 0 };
            Samples<double> batch = Batch(false, 0);
            using Tape<double> tape = new();
            Sequential<double> net = NetTraining.Create(batch, settings, new RandomSource(4));
            return new LocalSearch<double>(tape, new SymbolicLoss(Expression.Parse("(y - f)^2")), net, settings).TaskLoss(() => batch, Batch(false, 1)).Scalar;
        }

        Assert.Equal(With(0, 0.19), With(0.9, 0.1), 1e-13);
        Assert.NotEqual(With(0, 0.1), With(0.9, 0.1), 1e-6);
    }

    /// <summary>The steps on the tape are those of the optimizer that trains the nets.</summary>
    [Fact]
    public void Steps_on_the_tape_are_steps_of_the_optimizer()
    {
        InnerSettings settings = new() { Hidden = [5], LearningRate = 0.1, InnerSteps = 4 };
        SymbolicLoss loss = new(Expression.Parse("(y - f)^2"));
        Samples<double> batch = Batch(false, 0), validation = Batch(false, 1);
        Sequential<double> net = NetTraining.Create(batch, settings, new RandomSource(4));
        using Tape<double> tape = new();
        double onTape = new LocalSearch<double>(tape, loss, net, settings).TaskLoss(() => batch, validation).Scalar;
        var optimizer = NetTraining.Descent(net.Parameters, settings, settings.LearningRate);
        for (int step = 0; step < 4; step++)
        {
            tape.Reset();
            optimizer.Step(tape.Gradients(loss.Compute(net.Forward(tape.Constant(batch.Features)), tape.Constant(batch.Targets!)), net.Parameters));
        }

        tape.Reset();
        Assert.Equal(new MeanSquaredError().Compute(net.Forward(tape.Constant(validation.Features)), tape.Constant(validation.Targets!)).Scalar, onTape, 1e-13);
    }

    [Fact]
    public void A_step_of_search_allocates_no_matrices()
    {
        InnerSettings settings = new() { Hidden = [8], InnerSteps = 2 };
        Samples<double>[] batches = [Batch(true, 0), Batch(true, 1), Batch(true, 2)];
        Sequential<double> net = NetTraining.Create(batches[0], settings, new RandomSource(4));
        using Tape<double> tape = new();
        LocalSearch<double> search = new(tape, new SymbolicLoss(Expression.Parse(Formula)), net, settings);
        int next = 0;
        Samples<double> Next() => batches[next++ % 2];
        Func<Samples<double>> training = Next;
        for (int i = 0; i < 10; i++)
            Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            Step();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20, 0, 2000);

        void Step()
        {
            tape.Reset();
            tape.Gradients(search.TaskLoss(training, batches[2]), search.Weights);
        }
    }

    [Fact]
    public void A_loss_without_a_gradient_is_not_trained_with()
    {
        SearchData data = Generated.Numbers(60);
        CandidateEvaluator evaluator = new(data, Generated.Quick, 1);
        Assert.Equal(Fate.Rejected, evaluator.Prepare(new SymbolicLoss(Expression.Parse("sign(f) - y")), learns: true, fromOnes: true, "s", default).Fate);
        Assert.Equal(double.PositiveInfinity, evaluator.Fitness(CandidateEvaluator.LossOf(new SymbolicLoss(Expression.Parse("sign(f) - y"))), 0.01, "x", false, default));
    }

    [Fact]
    public void Search_makes_a_wrong_weight_better()
    {
        // 0.01·(y - f)² is squared error with a learning rate that is far too small for one step; search makes the step longer.
        SearchData data = Generated.Numbers(200);
        InnerSettings settings = Generated.Quick with { MetaSteps = 100, MetaLearningRate = 0.05, LearningRate = 0.05 };
        LearnedLoss start = new SymbolicLoss(Expression.Parse("abs(0.1*square(y - f))"));
        LearnedLoss found = LocalSearch.Run(start, data, settings, new RandomSource(1), default)!;
        Assert.True(found.Weights[0][0, 0] > 0.5, found.Formula);
        Assert.Equal(0.1, start.Weights[0][0, 0]);
    }

    private static double[] ByFormula(SymbolicLoss loss, Sequential<double> net, Samples<double>[] batches, InnerSettings settings)
    {
        int steps = batches.Length - 1;
        double rate = settings.LearningRate;
        using Tape<double> tape = new();
        List<Matrix<double>[]> path = [[.. net.Parameters.Select(parameter => parameter.Value.Clone())]];
        for (int step = 0; step < steps; step++)
        {
            tape.Reset();
            Gradients<double> gradients = tape.Gradients(LossAt(path[step], batches[step]), net.Parameters);
            path.Add([.. path[step].Select((value, i) => value - (rate * (gradients[i].Value + (settings.WeightDecay * value))))]);
        }

        tape.Reset();
        Variable<double> outputs = At(path[steps], batches[steps]);
        Variable<double> task = batches[steps].Labels is { } labels
            ? new CrossEntropy().Compute(outputs, labels)
            : new MeanSquaredError().Compute(outputs, tape.Constant(batches[steps].Targets!));
        Gradients<double> ofTask = tape.Gradients(task, net.Parameters);
        Matrix<double>[] v = [.. net.Parameters.Select((_, i) => ofTask[i].Value.Clone())];
        double[] result = new double[loss.Weights.Count];
        for (int step = steps - 1; step >= 0; step--)
        {
            Matrix<double> u = Change(path[step], batches[step], v);
            double[] part = Mixed(path[step], batches[step], u);
            for (int i = 0; i < result.Length; i++)
                result[i] -= rate * part[i];
            Matrix<double>[] curved = Curved(path[step], batches[step], v);
            v = [.. v.Select((value, i) => ((1 - (rate * settings.WeightDecay)) * value) - (rate * curved[i]))];
        }

        Restore(path[0]);
        return result;

        void Restore(Matrix<double>[] values)
        {
            for (int i = 0; i < values.Length; i++)
                net.Parameters[i].Assign(values[i]);
        }

        Variable<double> At(Matrix<double>[] values, Samples<double> batch)
        {
            Restore(values);
            return net.Forward(tape.Constant(batch.Features));
        }

        Variable<double> LossOf(Variable<double> outputs, Samples<double> batch, ReadOnlySpan<Variable<double>> weights = default) => batch.Labels is { } labels
            ? loss.Compute(outputs, labels, weights)
            : loss.Compute(outputs, tape.Constant(batch.Targets!), weights);

        Variable<double> LossAt(Matrix<double>[] values, Samples<double> batch) => LossOf(At(values, batch), batch);

        // J·v by numbers: the change of the outputs along v.
        Matrix<double> Change(Matrix<double>[] values, Samples<double> batch, Matrix<double>[] along)
        {
            const double Step = 1e-6;
            tape.Reset();
            Matrix<double> ahead = At([.. values.Zip(along, (value, direction) => value + (Step * direction))], batch).Value.Clone();
            tape.Reset();
            Matrix<double> behind = At([.. values.Zip(along, (value, direction) => value - (Step * direction))], batch).Value.Clone();
            return (ahead - behind) / (2 * Step);
        }

        // ∂/∂φ of Σ u·∂ℓ/∂f: only the formula is differentiated twice.
        double[] Mixed(Matrix<double>[] values, Samples<double> batch, Matrix<double> change)
        {
            tape.Reset();
            Matrix<double> said = At(values, batch).Value.Clone();
            tape.Reset();
            Variable<double> f = tape.Variable(said);
            Variable<double>[] weights = [.. loss.Weights.Select(weight => tape.Variable(weight))];
            Variable<double> slope = tape.Gradient(LossOf(f, batch, weights), f, createGraph: true);
            Gradients<double> mixed = tape.Gradients((slope * tape.Constant(change)).Sum(), weights);
            return [.. weights.Select((_, i) => mixed[i].Scalar)];
        }

        // H·v by numbers: the change of the loss's gradient along v.
        Matrix<double>[] Curved(Matrix<double>[] values, Samples<double> batch, Matrix<double>[] along)
        {
            const double Step = 1e-6;
            tape.Reset();
            Gradients<double> ahead = tape.Gradients(LossAt([.. values.Zip(along, (value, direction) => value + (Step * direction))], batch), net.Parameters);
            Matrix<double>[] there = [.. net.Parameters.Select((_, i) => ahead[i].Value.Clone())];
            tape.Reset();
            Gradients<double> behind = tape.Gradients(LossAt([.. values.Zip(along, (value, direction) => value - (Step * direction))], batch), net.Parameters);
            return [.. there.Select((value, i) => (value - behind[i].Value) / (2 * Step))];
        }
    }

    private static Samples<double> Batch(bool isClassification, int seed)
    {
        RandomSource random = new(100 + seed);
        Matrix<double> x = Matrix<double>.Build.Dense(7, 3, (_, _) => random.NextNormal());
        return isClassification
            ? Samples<double>.OfClasses(x, [.. Enumerable.Range(0, 7).Select(_ => random.NextInt(3))], 3)
            : Samples<double>.OfNumbers(x, Matrix<double>.Build.Dense(7, 2, (_, _) => random.NextNormal()));
    }
}
