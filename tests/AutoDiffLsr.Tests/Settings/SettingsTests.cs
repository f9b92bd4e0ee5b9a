using System.Globalization;
using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Settings;

/// <summary>
/// Every number that a user sets on a layer, loss, optimizer, schedule or trainer: which values are taken, and that the others are refused by name and value.
/// A number that is in no line of the table fails the test of completeness.
/// </summary>
public sealed class SettingsTests
{
    private static readonly double[] Reals =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e300, -1, -1e-300, 0, 1e-300, 1e-8, 0.5, 1 - 1e-12, 1, 2, 1e38, 1e39, 1e300,
    ];

    private static readonly double[] Wholes = [int.MinValue, -1, 0, 1, 2, 3];

    private static readonly Dictionary<string, Line> Table = new()
    {
        ["Sgd.learningRate"] = new(NotNegative, value => new Sgd<float>(Parameters(), value)),
        ["Sgd.momentum"] = new(Share, value => new Sgd<float>(Parameters(), 0.1, momentum: value)),
        ["Sgd.weightDecay"] = new(NotNegative, value => new Sgd<float>(Parameters(), 0.1, weightDecay: value)),
        ["Sgd.dampening"] = new(value => value is >= 0 and <= 1, value => new Sgd<float>(Parameters(), 0.1, momentum: 0.9, dampening: value)),
        ["Adam.learningRate"] = new(NotNegative, value => new Adam<float>(Parameters(), value)),
        ["Adam.beta1"] = new(Share, value => new Adam<float>(Parameters(), beta1: value)),
        ["Adam.beta2"] = new(Share, value => new Adam<float>(Parameters(), beta2: value)),
        ["Adam.epsilon"] = new(NotNegative, value => new Adam<float>(Parameters(), epsilon: value)),
        ["Adam.weightDecay"] = new(NotNegative, value => new Adam<float>(Parameters(), weightDecay: value)),
        ["AdamW.learningRate"] = new(NotNegative, value => new AdamW<float>(Parameters(), value)),
        ["AdamW.beta1"] = new(Share, value => new AdamW<float>(Parameters(), beta1: value)),
        ["AdamW.beta2"] = new(Share, value => new AdamW<float>(Parameters(), beta2: value)),
        ["AdamW.epsilon"] = new(NotNegative, value => new AdamW<float>(Parameters(), epsilon: value)),
        ["AdamW.weightDecay"] = new(NotNegative, value => new AdamW<float>(Parameters(), weightDecay: value)),
        ["RmsProp.learningRate"] = new(NotNegative, value => new RmsProp<float>(Parameters(), value)),
        ["RmsProp.smoothing"] = new(Share, value => new RmsProp<float>(Parameters(), smoothing: value)),
        ["RmsProp.epsilon"] = new(NotNegative, value => new RmsProp<float>(Parameters(), epsilon: value)),
        ["RmsProp.momentum"] = new(Share, value => new RmsProp<float>(Parameters(), momentum: value)),
        ["RmsProp.weightDecay"] = new(NotNegative, value => new RmsProp<float>(Parameters(), weightDecay: value)),
        ["UnrolledSgd.learningRate"] = new(NotNegative, value => Unroll(tape => new UnrolledSgd<float>(tape, Parameters(), value))),
        ["UnrolledSgd.momentum"] = new(Share, value => Unroll(tape => new UnrolledSgd<float>(tape, Parameters(), 0.1, momentum: value))),
        ["UnrolledSgd.weightDecay"] = new(NotNegative, value => Unroll(tape => new UnrolledSgd<float>(tape, Parameters(), 0.1, weightDecay: value))),
        ["UnrolledAdam.learningRate"] = new(NotNegative, value => Unroll(tape => new UnrolledAdam<float>(tape, Parameters(), value))),
        ["UnrolledAdam.beta1"] = new(Share, value => Unroll(tape => new UnrolledAdam<float>(tape, Parameters(), beta1: value))),
        ["UnrolledAdam.beta2"] = new(Share, value => Unroll(tape => new UnrolledAdam<float>(tape, Parameters(), beta2: value))),
        ["UnrolledAdam.epsilon"] = new(PositiveFloat, value => Unroll(tape => new UnrolledAdam<float>(tape, Parameters(), epsilon: value))),
        ["Optimizer.LearningRate"] = new(NotNegative, value => new Sgd<float>(Parameters(), 0.1).LearningRate = value),
        ["GradientClipping.ByNorm.maximum"] = new(Positive, value => GradientClipping.ByNorm(value)),
        ["GradientClipping.ByValue.maximum"] = new(Positive, value => GradientClipping.ByValue(value)),
        ["Schedule.MultiStep.factor"] = new(Positive, value => Schedule.MultiStep(value, 1)),
        ["Schedule.MultiStep.milestones"] = new(value => value >= 0 && double.IsFinite(value), value => Schedule.MultiStep(0.1, value)),
        ["Schedule.Exponential.factor"] = new(Positive, value => Schedule.Exponential(value)),
        ["Schedule.Cyclic.length"] = new(Positive, value => Schedule.Cyclic(value)),
        ["Schedule.Cyclic.floor"] = new(value => value >= 0 && double.IsFinite(value), value => Schedule.Cyclic(1, value)),
        ["Schedule.Cosine.length"] = new(Positive, value => Schedule.Cosine(value)),
        ["Schedule.Cosine.floor"] = new(value => value >= 0 && double.IsFinite(value), value => Schedule.Cosine(1, value)),
        ["Schedule.LinearWarmup.length"] = new(Positive, value => Schedule.LinearWarmup(value)),
        ["Schedule.LinearWarmup.start"] = new(value => value >= 0 && double.IsFinite(value), value => Schedule.LinearWarmup(1, value)),
        ["Schedule.ReduceOnPlateau.factor"] = new(value => value is > 0 and < 1, value => Schedule.ReduceOnPlateau(value)),
        ["Schedule.ReduceOnPlateau.patience"] = new(value => value >= 0, value => Schedule.ReduceOnPlateau(patience: (int)value), IsWhole: true),
        ["Schedule.ReduceOnPlateau.threshold"] = new(Share, value => Schedule.ReduceOnPlateau(threshold: value)),
        ["Schedule.ReduceOnPlateau.cooldown"] = new(value => value >= 0, value => Schedule.ReduceOnPlateau(cooldown: (int)value), IsWhole: true),
        ["Schedule.ReduceOnPlateau.floor"] = new(value => value >= 0 && double.IsFinite(value), value => Schedule.ReduceOnPlateau(floor: value)),
        ["Schedule.For.length"] = new(Positive, value => Schedule.Constant.For(value)),
        ["Schedule.Factor.position"] = new(value => value >= 0, value => Schedule.Constant.Factor(value)),

        ["Dense.inputs"] = new(AtLeastOne, value => new Dense<float>((int)value, 1, new RandomSource(1)), IsWhole: true),
        ["Dense.outputs"] = new(AtLeastOne, value => new Dense<float>(1, (int)value, new RandomSource(1)), IsWhole: true),
        ["BatchNorm.columns"] = new(AtLeastOne, value => new BatchNorm<float>((int)value), IsWhole: true),
        ["BatchNorm.momentum"] = new(value => value is > 0 and <= 1, value => new BatchNorm<float>(1, momentum: value)),
        ["BatchNorm.epsilon"] = new(PositiveFloat, value => new BatchNorm<float>(1, epsilon: value)),
        ["LayerNorm.columns"] = new(AtLeastOne, value => new LayerNorm<float>((int)value), IsWhole: true),
        ["LayerNorm.epsilon"] = new(PositiveFloat, value => new LayerNorm<float>(1, value)),
        ["Dropout.rate"] = new(Share, value => new Dropout<float>(value, 1)),
        ["LeakyRelu.slope"] = new(value => float.IsFinite((float)value), value => new LeakyRelu<float>(value)),
        ["Elu.scale"] = new(value => float.IsFinite((float)value), value => new Elu<float>(value)),
        ["Embedding.count"] = new(AtLeastOne, value => new Embedding<float>((int)value, 1, new RandomSource(1)), IsWhole: true),
        ["Embedding.width"] = new(AtLeastOne, value => new Embedding<float>(1, (int)value, new RandomSource(1)), IsWhole: true),
        ["Embedding.length"] = new(AtLeastOne, value => new Embedding<float>(1, 1, new RandomSource(1), (int)value), IsWhole: true),
        ["Conv2D.outputChannels"] = new(AtLeastOne, value => new Conv2D<float>(Image, (int)value, 1, new RandomSource(1)), IsWhole: true),
        ["Conv2D.groups"] = new(AtLeastOne, value => new Conv2D<float>(Image, 6, 1, new RandomSource(1), groups: (int)value), IsWhole: true),
        ["BatchNorm2D.momentum"] = new(value => value is > 0 and <= 1, value => new BatchNorm2D<float>(Image, momentum: value)),
        ["BatchNorm2D.epsilon"] = new(PositiveFloat, value => new BatchNorm2D<float>(Image, epsilon: value)),
        ["ConvolutionalNets.LeNet5.classes"] = new(AtLeastOne, value => ConvolutionalNets.LeNet5<float>(Image, (int)value, new RandomSource(1)), IsWhole: true),
        ["ConvolutionalNets.Small.classes"] = new(AtLeastOne, value => ConvolutionalNets.Small<float>(Image, (int)value, new RandomSource(1)), IsWhole: true),
        ["ConvolutionalNets.AlexNet.classes"] = new(AtLeastOne, value => ConvolutionalNets.AlexNet<float>(Image, (int)value, new RandomSource(1)), IsWhole: true),
        ["Initializer.KaimingNormal.slope"] = new(value => float.IsFinite((float)value), value => Initializer.KaimingNormal(value)),
        ["Initializer.KaimingUniform.slope"] = new(value => float.IsFinite((float)value), value => Initializer.KaimingUniform(value)),
        ["Initializer.XavierNormal.gain"] = new(PositiveFloat, value => Initializer.XavierNormal(value)),
        ["Initializer.XavierUniform.gain"] = new(PositiveFloat, value => Initializer.XavierUniform(value)),

        ["LabelSmoothing.smoothing"] = new(value => value is >= 0 and <= 1, value => new LabelSmoothing(value)),
        ["SparseLabelSmoothing.smoothing"] = new(value => value is >= 0 and <= 1, value => new SparseLabelSmoothing(value)),
        ["AbsoluteCrossEntropy.phi0"] = new(Positive, value => new AbsoluteCrossEntropy(phi0: value)),
        ["AbsoluteCrossEntropy.phi1"] = new(Positive, value => new AbsoluteCrossEntropy(phi1: value)),
        ["AbsoluteCrossEntropy.AlignedWithSmoothing.smoothing"] = new(value => value is >= 0 and <= 1, value => AbsoluteCrossEntropy.AlignedWithSmoothing(value, 3)),
        ["AbsoluteCrossEntropy.AlignedWithSmoothing.classes"] = new(value => value >= 2, value => AbsoluteCrossEntropy.AlignedWithSmoothing(0.1, (int)value), IsWhole: true),
        ["ClassificationLoss.ClassWeights"] = new(value => value >= 0 && double.IsFinite(value), value => new CrossEntropy { ClassWeights = [1, value] }),

        ["Huber.delta"] = new(Positive, value => new Huber(value)),

        ["Evaluation.columns"] = new(AtLeastOne, value => new Evaluation(TargetKind.Numbers, (int)value), IsWhole: true),
        ["Evaluation.classes"] = new(value => value >= 2, value => new Evaluation((int)value), IsWhole: true),
        ["Evaluation.top"] = new(AtLeastOne, value => new Evaluation(2, top: (int)value), IsWhole: true),
        ["Evaluation.calibrationBins"] = new(AtLeastOne, value => new Evaluation(2, calibrationBins: (int)value), IsWhole: true),
        ["Evaluator.batchSize"] = new(AtLeastOne, value => new Evaluator<float>(Net(), batchSize: (int)value), IsWhole: true),
        ["Trainer.LargestLoss"] = new(value => value > 1, value => Trainer().LargestLoss = value),
        ["Trainer.Epochs"] = new(AtLeastOne, value => Trainer().Epochs = (int)value, IsWhole: true),
        ["Trainer.Patience"] = new(AtLeastOne, value => Trainer().Patience = (int)value, IsWhole: true),
        ["Trainer.MinimumImprovement"] = new(value => value >= 0 && double.IsFinite(value), value => Trainer().MinimumImprovement = value),

        ["ImageAugmentation.padding"] = new(value => value >= 0, value => new ImageAugmentation((int)value, flip: true), IsWhole: true),
        ["Batches.batchSize"] = new(AtLeastOne, value => new Batches<float>(Data(), (int)value), IsWhole: true),
        ["Batches.Resume.position"] = new(value => value is >= 0 and <= 3, value => new Batches<float>(Data(), 1).Resume(0, (int)value), IsWhole: true),
        ["Dataset.features"] = new(value => value == 1, value => new Dataset<float>("d", [1, 2, 3], (int)value, [0, 1, 1]), IsWhole: true),
        ["Dataset.Sample.index"] = new(value => value is >= 0 and < 3, value => Data().Sample((int)value), IsWhole: true),
        ["StratifiedSplit.Create.testFraction"] = new(value => value is > 0 and < 1, value => StratifiedSplit.Create(Data(2), value, 1)),
        ["StratifiedSubset.Take.count"] = new(value => value is 2 or 3, value => StratifiedSubset.Take(Data(), (int)value, 1), IsWhole: true),
        ["LabelNoise.Apply.rate"] = new(value => value is >= 0 and <= 1, value => LabelNoise.Apply(Data(), value, 1)),
    };

    /// <summary>Numbers that are no settings, each with the reason why any value is taken.</summary>
    private static readonly Dictionary<string, string> NoSettings = new()
    {
        ["ClassificationLoss.ValueWhenAllIgnored"] = "PyTorch's value is NaN, and a user may want that",
        ["ClassificationLoss.IgnoredLabel"] = "any number may mark a row",
        ["Evaluation.IgnoredLabel"] = "any number may mark a row",
        ["Dropout.seed"] = "any number is a seed",
        ["Dataset.Shuffled.seed"] = "any number is a seed",
        ["StratifiedSplit.Create.seed"] = "any number is a seed",
        ["StratifiedSubset.Take.seed"] = "any number is a seed",
        ["LabelNoise.Apply.seed"] = "any number is a seed",
        ["Layer.OutputColumns.inputColumns"] = "the layer's own message",
        ["Sequential.ToString.inputColumns"] = "the layer's own message",
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    private static IEnumerable<Type> Types => typeof(Optimizer<>).Assembly.GetExportedTypes().Where(type =>
        type.Namespace is "AutoDiffLsr.Layers" or "AutoDiffLsr.Losses" or "AutoDiffLsr.Optimizers" or "AutoDiffLsr.Training");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_takes_its_range_and_refuses_the_rest_by_name_and_value(string name)
    {
        Line line = Table[name];
        string argument = name[(name.LastIndexOf('.') + 1)..];
        foreach (double value in line.IsWhole ? Wholes : Reals)
        {
            Exception? error = Record.Exception(() => line.Set(value));
            if (line.IsTaken(value))
            {
                Assert.True(error is null, $"{name} = {value:R} is refused: {error?.Message}");
                continue;
            }

            Assert.True(error is ArgumentException, $"{name} = {value:R} gives {error?.GetType().Name ?? "no error"}");
            Assert.Contains(value.ToString(CultureInfo.InvariantCulture), error!.Message, StringComparison.Ordinal);
            Assert.Contains(argument, error.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Every_number_that_a_user_sets_is_in_the_table()
    {
        string[] numbers = [.. Types.SelectMany(NumbersOf).Distinct()];
        Assert.True(numbers.Length > 40, $"{numbers.Length}");
        Assert.Equal([], numbers.Except(Table.Keys).Except(NoSettings.Keys));
        Assert.Equal([], Table.Keys.Except(numbers));
    }

    private static IEnumerable<string> NumbersOf(Type type)
    {
        // Records hold results, enumerators and delegates nothing that is set.
        if (type.IsValueType || typeof(Delegate).IsAssignableFrom(type) || type.GetMethod("<Clone>$") is not null)
            yield break;
        string name = type.Name.Split('`')[0];
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (ParameterInfo parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Where(parameter => IsNumber(parameter.ParameterType)))
            yield return $"{name}.{parameter.Name}";
        foreach (PropertyInfo property in type.GetProperties(own).Where(property => IsNumber(property.PropertyType) && property.SetMethod is { IsPublic: true }))
            yield return $"{name}.{property.Name}";
        foreach (MethodInfo method in type.GetMethods(own).Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == type))
        {
            // Lists are indexed, and metrics are fed by what a model gives.
            if (name == "Evaluation" || method.Name == "Fill")
                continue;
            foreach (ParameterInfo parameter in method.GetParameters().Where(parameter => IsNumber(parameter.ParameterType)))
                yield return $"{name}.{method.Name}.{parameter.Name}";
        }
    }

    private static bool IsNumber(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(double) || plain == typeof(int) || plain == typeof(long) || plain == typeof(double[]) || plain == typeof(IReadOnlyList<double>);
    }

    private static bool NotNegative(double value) => value >= 0 && float.IsFinite((float)value);

    private static bool Positive(double value) => value > 0 && double.IsFinite(value);

    private static bool PositiveFloat(double value) => (float)value > 0 && float.IsFinite((float)value);

    private static bool Share(double value) => value is >= 0 and < 1;

    private static bool AtLeastOne(double value) => value >= 1;

    private static ImageShape Image => new(6, 16, 16);

    private static Parameter<float>[] Parameters() => [new("p", Matrix<float>.Build.Dense(1, 1))];

    private static void Unroll(Func<Tape<float>, Unrolled<float>> make)
    {
        using Tape<float> tape = new();
        make(tape);
    }

    private static Dataset<float> Data(int repeats = 1) =>
        new("d", [.. Enumerable.Range(0, 3 * repeats)], 1, [.. Enumerable.Range(0, 3 * repeats).Select(i => i % 3 == 0 ? 0 : 1)]);

    private static Dense<float> Net() => new(2, 2, new RandomSource(1));

    private static Trainer<float> Trainer()
    {
        Dense<float> net = Net();
        return new Trainer<float>(net, new CrossEntropy(), new Sgd<float>(net.Parameters, 0.1));
    }

    /// <summary>A setting: which values it takes, and how one is set.</summary>
    private sealed record Line(Func<double, bool> IsTaken, Action<double> Set, bool IsWhole = false);
}
