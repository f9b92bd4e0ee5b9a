using System.Globalization;
using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Data;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Experiments.Projections;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;
using DataTable = AutoDiffLsr.Data.Tables.Table;

namespace AutoDiffLsr.Tests.Settings;

/// <summary>
/// Every number that a user sets on a layer, loss, optimizer, schedule, trainer, data set or check: which values are taken, and that the others are refused by name and value.
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
        ["Layer.Predict.batchSize"] = new(AtLeastOne, value => Net().Predict(Matrix<float>.Build.Dense(1, 2), (int)value), IsWhole: true),
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
        ["ReliabilityBin.Of.bins"] = new(AtLeastOne, value => ReliabilityBin.Of(Matrix<float>.Build.Dense(1, 2), [0], (int)value), IsWhole: true),
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
        ["GeneratedDigits.Create.train"] = new(AtLeastOne, value => GeneratedDigits.Create<float>(1, train: (int)value, test: 1), IsWhole: true),
        ["GeneratedDigits.Create.test"] = new(AtLeastOne, value => GeneratedDigits.Create<float>(1, train: 1, test: (int)value), IsWhole: true),
        ["GeneratedShapes.Create.train"] = new(AtLeastOne, value => GeneratedShapes.Create<float>(1, train: (int)value, test: 1), IsWhole: true),
        ["GeneratedShapes.Create.test"] = new(AtLeastOne, value => GeneratedShapes.Create<float>(1, train: 1, test: (int)value), IsWhole: true),
        ["GeneratedPoints.Moons.train"] = new(AtLeastOne, value => GeneratedPoints.Moons<float>(1, train: (int)value, test: 1), IsWhole: true),
        ["GeneratedPoints.Moons.test"] = new(AtLeastOne, value => GeneratedPoints.Moons<float>(1, train: 1, test: (int)value), IsWhole: true),
        ["GeneratedPoints.Moons.noise"] = new(NotNegative, value => GeneratedPoints.Moons<float>(1, 1, 1, value)),
        ["GeneratedPoints.Spirals.train"] = new(AtLeastOne, value => GeneratedPoints.Spirals<float>(1, train: (int)value, test: 1), IsWhole: true),
        ["GeneratedPoints.Spirals.test"] = new(AtLeastOne, value => GeneratedPoints.Spirals<float>(1, train: 1, test: (int)value), IsWhole: true),
        ["GeneratedPoints.Spirals.noise"] = new(NotNegative, value => GeneratedPoints.Spirals<float>(1, 1, 1, value)),
        ["GeneratedPoints.Blobs.train"] = new(AtLeastOne, value => GeneratedPoints.Blobs<float>(1, train: (int)value, test: 1), IsWhole: true),
        ["GeneratedPoints.Blobs.test"] = new(AtLeastOne, value => GeneratedPoints.Blobs<float>(1, train: 1, test: (int)value), IsWhole: true),
        ["GeneratedPoints.Blobs.radius"] = new(NotNegative, value => GeneratedPoints.Blobs<float>(1, 1, 1, value)),
        ["CifarOptions.Length"] = new(AtLeastOne, value => _ = new CifarOptions(CifarKind.Cifar10) { Length = (long)value }, IsWhole: true),
        ["IdxReader.Read.rank"] = new(value => value is 1 or 2 or 3, value => IdxReader.Read(Idx((int)value), "name", (int)value), IsWhole: true),
        ["PartOptions.TestFraction"] = new(Share, value => _ = new PartOptions { TestFraction = value }),
        ["PartOptions.ValidationFraction"] = new(Share, value => _ = new PartOptions { ValidationFraction = value }),
        ["RowSplit.Draw.testFraction"] = new(Share, value => Draw(value, 0)),
        ["RowSplit.Draw.validationFraction"] = new(value => value is >= 0 and < 0.5, value => Draw(0.5, value)),
        ["TableRecipe.BatchSizeFor.samples"] = new(AtLeastOne, value => TableRecipe.BatchSizeFor((int)value), IsWhole: true),
        ["TableRecipe.EpochsFor.samples"] = new(AtLeastOne, value => TableRecipe.EpochsFor((int)value), IsWhole: true),
        ["TableReader.Read.most"] = new(AtLeastOne, value => new TableReader(new MemoryStream("a,b\n1,2\n"u8.ToArray()), "t").Read((int)value), IsWhole: true),

        ["CheckOptions.Order"] = new(value => value is 1 or 2, value => _ = new CheckOptions { Order = (int)value }, IsWhole: true),
        ["CheckOptions.Directions"] = new(AtLeastOne, value => _ = new CheckOptions { Directions = (int)value }, IsWhole: true),
        ["CheckOptions.RelativeTolerance"] = new(value => value >= 0 && double.IsFinite(value), value => _ = new CheckOptions { RelativeTolerance = value }),
        ["CheckOptions.AbsoluteTolerance"] = new(value => value >= 0 && double.IsFinite(value), value => _ = new CheckOptions { AbsoluteTolerance = value }),
        ["CheckOptions.ErrorFactor"] = new(value => value >= 0 && double.IsFinite(value), value => _ = new CheckOptions { ErrorFactor = value }),
        ["CheckOptions.InconclusiveAbove"] = new(value => value >= 0 && double.IsFinite(value), value => _ = new CheckOptions { InconclusiveAbove = value }),
        ["CheckOptions.InitialStep"] = new(Positive, value => _ = new CheckOptions { InitialStep = value }),
        ["CheckOptions.SingleFactor"] = new(Positive, value => _ = new CheckOptions { SingleFactor = value }),
        ["Ridders.Derivative.at"] = new(double.IsFinite, value => Ridders.Derivative(x => x, value)),
        ["Ridders.Derivative.step"] = new(Positive, value => Ridders.Derivative(x => x, 0, value)),
        ["NumericalGradient.Of.step"] = new(Positive, value => NumericalGradient.Of(x => x[0], [1.0], value)),
        ["NumericalJacobian.Of.step"] = new(Positive, value => NumericalJacobian.Of(x => x, new[] { 1.0 }, value)),
        ["NumericalHessian.Of.step"] = new(Positive, value => NumericalHessian.Of(x => x[0], [1.0], value)),
        ["CaseRunner.Run.count"] = new(AtLeastOne, value => Runner().Run((int)value, 1, (_, _) => ""), IsWhole: true),
        ["CaseRunner.Draw.index"] = new(value => value >= 0, value => Runner().Draw(1, (int)value), IsWhole: true),
        ["Generators.Labels.rows"] = new(value => value >= 0, value => Generators.Labels((int)value, 2), IsWhole: true),
        ["Generators.Labels.classes"] = new(AtLeastOne, value => Generators.Labels(2, (int)value), IsWhole: true),
        ["GradientCase.Minimize.attempts"] = new(value => value >= 0, value => Runner().Draw(1, 0).Minimize(_ => false, (int)value), IsWhole: true),
        ["GradientProperty.Check.cases"] = new(AtLeastOne, value => Property().Check((int)value), IsWhole: true),
        ["GradientProperty.Of.inputs"] = new(AtLeastOne, value => GradientProperty.Of(x => x[0][0, 0], x => x, (int)value), IsWhole: true),
        ["GradientProperty.Of.length"] = new(AtLeastOne, value => GradientProperty.Of((double[] x) => x[0], x => x, (int)value), IsWhole: true),
        ["Shapes.Equal.count"] = new(value => value >= 0, value => Shapes.Equal((int)value), IsWhole: true),
        ["Shapes.EqualColumns.count"] = new(value => value >= 0, value => Shapes.EqualColumns((int)value), IsWhole: true),
        ["Shapes.EqualRows.count"] = new(value => value >= 0, value => Shapes.EqualRows((int)value), IsWhole: true),
        ["TSneOptions.Perplexity"] = new(value => value is > 1 and < 5, value => Project(new() { Perplexity = value })),
        ["TSneOptions.Iterations"] = new(AtLeastOne, value => Project(new() { Iterations = (int)value }), IsWhole: true),
        ["TSneOptions.EarlyExaggeration"] = new(value => value >= 1 && double.IsFinite(value), value => Project(new() { EarlyExaggeration = value })),
        ["TSneOptions.ExaggeratedIterations"] = new(value => value >= 0, value => Project(new() { ExaggeratedIterations = (int)value }), IsWhole: true),
        ["TSneOptions.LearningRate"] = new(Positive, value => Project(new() { LearningRate = value })),

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
        ["BuiltInData.Create.seed"] = "any number is a seed",
        ["GeneratedDigits.Create.seed"] = "any number is a seed",
        ["GeneratedPoints.Moons.seed"] = "any number is a seed",
        ["GeneratedPoints.Spirals.seed"] = "any number is a seed",
        ["GeneratedPoints.Blobs.seed"] = "any number is a seed",
        ["GeneratedShapes.Create.seed"] = "any number is a seed",
        ["RecipeSearch.Run.seed"] = "any number is a seed",
        ["RowSplit.Draw.seed"] = "any number is a seed",
        ["CaseRunner.Run.seed"] = "any number is a seed",
        ["CaseRunner.Draw.seed"] = "any number is a seed",
        ["GradientProperty.Check.seed"] = "any number is a seed",
        ["PartOptions.Seed"] = "any number is a seed",
        ["CheckOptions.Seed"] = "any number is a seed",
        ["TSneOptions.Seed"] = "any number is a seed",
        ["Generators.Labels.ignored"] = "any number may mark a row",
        ["TableColumn.IsMissing.row"] = "the place in a list",
        ["TableColumn.Number.row"] = "the place in a list",
        ["TableColumn.Text.row"] = "the place in a list",
        ["GradientCheck.Check.x"] = "the point, whatever it holds",
        ["NumericalGradient.Of.x"] = "the point, whatever it holds",
        ["NumericalJacobian.Of.x"] = "the point, whatever it holds",
        ["NumericalHessian.Of.x"] = "the point, whatever it holds",
        ["MatrixText.Of.entries"] = "a text is there for any number",
        ["MatrixText.OfList.entries"] = "a text is there for any number",
        ["MatrixText.Number.value"] = "a text is there for any number",
        ["Shrinkers.DropSide.length"] = "a side of no such length is no side to cut",
        ["Shrinkers.DropSide.index"] = "the place in a side",
        ["Layer.OutputColumns.inputColumns"] = "the layer's own message",
        ["Sequential.ToString.inputColumns"] = "the layer's own message",
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    /// <summary>All of the packages that a user sets numbers on; of Experiments, which is no package, the options of t-SNE.</summary>
    private static IEnumerable<Type> Types => typeof(Optimizer<>).Assembly.GetExportedTypes()
        .Where(type => type.Namespace is "AutoDiffLsr.Layers" or "AutoDiffLsr.Losses" or "AutoDiffLsr.Optimizers" or "AutoDiffLsr.Training")
        .Concat(new[] { typeof(BuiltInData), typeof(GradientCheck), typeof(GradientProperty) }.SelectMany(type => type.Assembly.GetExportedTypes()))
        .Append(typeof(TSneOptions));

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
        // Enumerators and delegates hold nothing that is set, and records hold results, except those called options: of the others only what makes them counts.
        if (type.IsValueType || typeof(Delegate).IsAssignableFrom(type))
            yield break;
        string name = type.Name.Split('`')[0];
        bool isResult = type.GetMethod("<Clone>$") is not null && !type.Name.EndsWith("Options", StringComparison.Ordinal);
        BindingFlags own = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly | (isResult ? BindingFlags.Static : BindingFlags.Instance);
        foreach (ParameterInfo parameter in type.GetConstructors().Where(_ => !isResult).SelectMany(constructor => constructor.GetParameters()).Where(parameter => IsNumber(parameter.ParameterType)))
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

    private static MemoryStream Idx(int rank) => new([0, 0, 8, (byte)rank, .. Enumerable.Repeat(new byte[] { 0, 0, 0, 1 }, Math.Max(rank, 0)).SelectMany(bytes => bytes), 7]);

    private static void Draw(double test, double validation)
    {
        DataTable table = DataTable.FromRows("t", ["x", "y"], Enumerable.Range(0, 20).Select(i => (IReadOnlyList<object?>)[Math.Sin(i), i % 2 == 0 ? "a" : "b"]));
        RowSplit.Draw(table, TableSchema.Of(table, new SchemaOptions { Target = ["y"] }), test, validation, 1);
    }

    private static GradientProperty Property() => GradientProperty.Of(v => v.Tanh()).With(new CheckOptions { Order = 1 });

    private static CaseRunner Runner() => new("tanh", Property().ToArbitrary().Generator, new CheckOptions { Order = 1 });

    private static void Project(TSneOptions options) =>
        TSne.Embed(Matrix<float>.Build.Dense(5, 2, (i, j) => i + (3 * j)), options with { Iterations = Math.Min(options.Iterations, 3), Perplexity = options.Perplexity == 30 ? 2 : options.Perplexity });

    private static Dense<float> Net() => new(2, 2, new RandomSource(1));

    private static Trainer<float> Trainer()
    {
        Dense<float> net = Net();
        return new Trainer<float>(net, new CrossEntropy(), new Sgd<float>(net.Parameters, 0.1));
    }

    /// <summary>A setting: which values it takes, and how one is set.</summary>
    private sealed record Line(Func<double, bool> IsTaken, Action<double> Set, bool IsWhole = false);
}
