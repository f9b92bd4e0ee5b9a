using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

public sealed class ModelTests
{
    private static readonly ModelInfo Info = new()
    {
        ClassNames = ["0", "\"one\"", "zwölf"],
        FeatureNames = ["a", "b", "c", "d"],
        ImageSize = new(2, 2),
        Settings = new Dictionary<string, string> { ["loss"] = "LSR, smoothing 0.1", ["seed"] = "7" },
    };

    [Fact]
    public void Nets_of_images_and_of_indices_are_the_same_after_saving()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : struct, IFloatingPointIeee754<T>
        {
            foreach ((Sequential<T> net, Matrix<T> x) in new[] { (Nets.OfImages<T>(seed: 1), Nets.Samples<T>(7, 72, seed: 3)), (Nets.OfIndices<T>(seed: 1), Nets.Indices<T>(7)) })
            {
                using TemporaryFolder folder = new();
                new Model<T>(net).Save(folder["m"]);
                Layer<T> loaded = Model.Load<T>(folder["m"]).Layers;
                Assert.Equal(net.ToString(), loaded.ToString());
                Assert.Equal(Nets.Output(net, x), Nets.Output(loaded, x));
            }
        }
    }

    [Fact]
    public void Every_layer_of_the_library_is_in_the_net_that_is_saved_exported_and_compared()
    {
        Type[] layers = [.. typeof(Layer<>).Assembly.GetTypes().Where(type => type is { IsAbstract: false, BaseType.IsGenericType: true } && type.BaseType.GetGenericTypeDefinition() == typeof(Layer<>))];
        HashSet<Type> tested = [];
        foreach (Sequential<float> net in new[] { Nets.Every<float>(seed: 1), Nets.OfImages<float>(seed: 1), Nets.OfIndices<float>(seed: 1) })
            Collect(net);
        Assert.Equal(layers.Select(layer => layer.Name).Order(StringComparer.Ordinal), tested.Select(layer => layer.Name).Order(StringComparer.Ordinal));

        void Collect(Layer<float> layer)
        {
            tested.Add(layer.GetType());
            foreach (Layer<float> child in layer.Children)
                Collect(child);
        }
    }

    [Fact]
    public void A_file_alone_rebuilds_the_model()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : struct, System.Numerics.IFloatingPointIeee754<T>
        {
            using TemporaryFolder folder = new();
            Model<T> saved = Every<T>();
            saved.Save(folder["m"]);
            Model<T> loaded = Assert.IsType<Model<T>>(Model.Load(folder["m"]));
            Assert.Equal(saved.Layers.ToString(), loaded.Layers.ToString());
            Assert.Equal(saved.Standardization!.Mean, loaded.Standardization!.Mean);
            Assert.Equal(saved.Standardization.Scale, loaded.Standardization.Scale);
            Assert.Equal(Info.ClassNames, loaded.Info.ClassNames);
            Assert.Equal(Info.FeatureNames, loaded.Info.FeatureNames);
            Assert.Equal(Info.ImageSize, loaded.Info.ImageSize);
            Assert.Equal(Info.Settings, loaded.Info.Settings);
            Matrix<T> x = Nets.Samples<T>(300, 4, seed: 5);
            Assert.Equal(saved.Probabilities(x), loaded.Probabilities(x));
            loaded.Save(folder["again"]);
            Assert.Equal(File.ReadAllBytes(folder["m"]), File.ReadAllBytes(folder["again"]));
        }
    }

    [Fact]
    public void A_file_says_what_the_outputs_are_and_what_they_are_called()
    {
        foreach (TargetKind kind in new[] { TargetKind.Numbers, TargetKind.BinaryLabels })
        {
            using TemporaryFolder folder = new();
            Dense<double> net = new(3, 2, new RandomSource(1));
            new Model<double>(net, info: new ModelInfo { Targets = kind, ClassNames = ["price", "days"] }).Save(folder["m"]);
            ModelInfo info = Model.Load(folder["m"]).Info;
            Assert.Equal(kind, info.Targets);
            Assert.Equal(["price", "days"], info.ClassNames);
        }
    }

    [Fact]
    public void A_loaded_model_trains_on_as_the_saved_one()
    {
        using TemporaryFolder folder = new();
        Model<double> saved = Every<double>();
        saved.Save(folder["m"]);
        Model<double> loaded = Model.Load<double>(folder["m"]);
        Nets.TrainAWhile(saved.Layers, 4);
        Nets.TrainAWhile(loaded.Layers, 4);
        Matrix<double> x = Nets.Samples<double>(4, 4, seed: 5);
        Assert.Equal(Nets.Output(saved.Layers, x), Nets.Output(loaded.Layers, x));
        Assert.Equal(saved.Layers.Parameters.Count, loaded.Layers.Parameters.Count);
    }

    [Fact]
    public void A_model_of_float_loads_as_double_and_not_the_other_way()
    {
        using TemporaryFolder folder = new();
        Every<float>().Save(folder["float"]);
        Every<double>().Save(folder["double"]);
        Assert.Equal(3, Model.Load<double>(folder["float"]).Classes);
        Assert.Contains("of type F64, expected F32", Assert.Throws<ModelFileException>(() => Model.Load<float>(folder["double"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_the_layers_after_standardization()
    {
        Model<double> model = Every<double>();
        Matrix<double> x = Nets.Samples<double>(19, 4, seed: 3);
        Matrix<double> standardized = Matrix<double>.Build.Dense(19, 4, (r, c) => (x[r, c] - model.Standardization!.Mean[c]) / model.Standardization.Scale[c]);
        Matrix<double> logits = Nets.Output(model.Layers, standardized);
        Matrix<double> probabilities = model.Probabilities(x);
        int[] labels = model.Predict(x);
        double[] outputs = new double[19 * 3];
        model.Outputs(x.ToRowMajorArray(), outputs);
        for (int row = 0; row < 19; row++)
        {
            double sum = logits.Row(row).Sum(Math.Exp);
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(logits[row, c], outputs[(row * 3) + c], 1e-14);
                Assert.Equal(Math.Exp(logits[row, c]) / sum, probabilities[row, c], 1e-14);
            }

            Assert.Equal(logits.Row(row).MaximumIndex(), labels[row]);
            Assert.Equal(labels[row], model.Predict(x.Row(row).ToArray()));
        }
    }

    [Fact]
    public void Many_threads_predict_at_once()
    {
        Model<float> model = Every<float>();
        Matrix<float> x = Nets.Samples<float>(64, 4, seed: 3);
        float[][] samples = [.. x.EnumerateRows().Select(row => row.ToArray())];
        float[][] expected = [.. samples.Select(sample => Probabilities(model, sample))];
        int wrong = 0, done = 0;
        Thread[] threads = [.. Enumerable.Range(0, 16).Select(_ => new Thread(Work))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, wrong);
        Assert.Equal(16 * 200, done);

        void Work()
        {
            for (int i = 0; i < 200; i++)
            {
                if (!Probabilities(model, samples[i % 64]).AsSpan().SequenceEqual(expected[i % 64]))
                    Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref done);
            }
        }
    }

    [Fact]
    public void One_sample_is_predicted_without_an_allocation()
    {
        Model<float> model = Every<float>();
        float[] sample = [1, 2, 3, 4], probabilities = new float[3];
        for (int i = 0; i < 10; i++)
            Predict();
        Assert.Equal(0, Allocations.Of(Predict, times: 100));

        void Predict()
        {
            model.Predict(sample);
            model.Probabilities(sample, probabilities);
        }
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        Dense<float> dense = new(4, 3, new RandomSource(1));
        AssertRefused(() => new Model<float>(dense, info: new() { ClassNames = ["a", "b"] }), "There are 2 class names, but the model has 3 classes.");
        AssertRefused(() => new Model<float>(dense, info: new() { ImageSize = new(3, 1) }), "The image size is 3 x 1, but there are 4 features.");
        AssertRefused(() => new Model<float>(dense, new([1], [1])), "The standardization is for 1 features, but the layers take 4 columns.");
        AssertRefused(() => new Model<float>(new Relu<float>()), "The layers take any number of columns");
        AssertRefused(() => new Model<float>(dense).Predict(new float[5]), "samples has 5 numbers, but a sample has 4 features");
        AssertRefused(() => new Model<float>(dense).Predict(new float[8]), "There is room for 1 results, but 2 samples have 2.");

        static void AssertRefused(Func<object> make, string reason) => Assert.StartsWith(reason, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_your_own_is_refused_with_a_way_out()
    {
        using TemporaryFolder folder = new();
        Model<float> model = new(new Sequential<float>(new Dense<float>(2, 2, new RandomSource(1)), new Doubling()));
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => model.Save(folder["m"]));
        Assert.StartsWith("Layer 1 (doubles) is a Doubling: a model file can hold layers of this library only.", error.Message, StringComparison.Ordinal);
        Weights.Save(model.Layers, folder["m"]);
    }

    [Theory]
    [InlineData("""{"type":"convolution"}""", "found architecture with the layer type \"convolution\", expected dense, relu")]
    [InlineData("""{"type":"dense","inputs":2,"outputs":2,"bias":false,"name":"x"}""", "found architecture with the key \"name\", expected only type, inputs, outputs, bias")]
    [InlineData("""{"type":"dense","inputs":2,"outputs":2}""", "found architecture with no bias")]
    [InlineData("""{"type":"dense","inputs":2000000000,"outputs":2000000000,"bias":false}""", "found tensor \"weight\" of shape [2, 2], expected [2000000000, 2000000000] for the model")]
    [InlineData("""{"type":"dense","inputs":0,"outputs":2,"bias":false}""", "found architecture, inputs with something else, expected a whole number of at least 1")]
    [InlineData("""{"type":"sequential","layers":[]}""", "architecture: A Sequential needs at least one layer.")]
    [InlineData("""{"type":"sequential","layers":[{"type":"dropout","rate":1,"random_state":0}]}""", "architecture: ")]
    [InlineData("""{"type":"sequential","layers":[{"type":"shared","layer":"0"}]}""", "found architecture, layers[0] with the layer \"0\", expected one that comes earlier")]
    [InlineData("""{"type":"relu","type":"relu"}""", "found architecture that is not JSON")]
    [InlineData("""{"type":"relu"} x""", "found architecture that is not JSON")]
    [InlineData("""{"type":"\ud800"}""", "found architecture that is not JSON")]
    [InlineData("""[]""", "found architecture with something else, expected an object")]
    [InlineData("""{"type":"relu"}""", "its parts do not fit together: The layers take any number of columns")]
    public void An_architecture_that_cannot_be_is_told(string architecture, string reason) => AssertRefused("architecture", architecture, reason);

    [Theory]
    [InlineData("standardization", """{"mean":[0,0],"scale":[1,0]}""", "scale[1] is 0, but must be finite and above 0.")]
    [InlineData("standardization", """{"mean":[0],"scale":[1]}""", "The standardization is for 1 features, but the layers take 2 columns.")]
    [InlineData("standardization", """{"mean":[0,1e99],"scale":[1,1]}""", "found standardization, mean[1] with something else, expected a number that fits into Single")]
    [InlineData("class_names", """["a"]""", "There are 1 class names, but the model has 2 classes.")]
    [InlineData("class_names", """["a",1]""", "found class_names[1] with something else, expected a text")]
    [InlineData("image_size", """{"rows":65536,"columns":65536}""", "The image size is 65536 x 65536, but there are 2 features.")]
    [InlineData("settings", """{"a":{"b":"c"}}""", "found settings, \"a\" with something else, expected a text")]
    [InlineData("autodifflsr_model", "2", "found no autodifflsr_model 1 in its metadata")]
    public void Metadata_that_cannot_be_is_told(string key, string json, string reason) => AssertRefused(key, json, reason);

    [Fact]
    public void Weights_alone_are_no_model()
    {
        using TemporaryFolder folder = new();
        Weights.Save(new Dense<float>(2, 2, new RandomSource(1)), folder["w"]);
        Assert.Contains("a file of weights alone is loaded into layers, with Weights.Load", Assert.Throws<ModelFileException>(() => Model.Load(folder["w"])).Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string key, string value, string reason)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter writer = new();
        writer.Metadata["autodifflsr_model"] = "1";
        writer.Metadata["architecture"] = """{"type":"dense","inputs":2,"outputs":2,"bias":false}""";
        writer.Metadata[key] = value;
        writer.Add<float>("weight", new float[4], 2, 2);
        writer.Save(folder["m"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => Model.Load(folder["m"])).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static Model<T> Every<T>()
        where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
        new(Nets.Every<T>(seed: 1), new([T.CreateTruncating(0.1), T.One, T.Zero, -T.One], [T.One, T.CreateTruncating(0.3), T.CreateTruncating(7), T.One]), Info);

    private static float[] Probabilities(Model<float> model, float[] sample)
    {
        float[] probabilities = new float[3];
        model.Probabilities(sample, probabilities);
        return probabilities;
    }

    private sealed class Doubling : Layer<float>
    {
        public override string Description => "doubles";

        public override Variable<float> Forward(Variable<float> x) => x;
    }
}
