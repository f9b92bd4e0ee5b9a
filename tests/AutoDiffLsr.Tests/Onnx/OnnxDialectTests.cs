using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx;
using AutoDiffLsr.Onnx.Protos;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Onnx;

/// <summary>Files of older opsets and of other exporters, held against ONNX Runtime.</summary>
public sealed class OnnxDialectTests
{
    private static readonly Matrix<float> Pairs = Matrix<float>.Build.DenseOfArray(new[,] { { 0.5f, -0.25f }, { -1, 0.1f }, { 3, 2 } });

    /// <summary>Public models: a MATLAB export of opset 8, TensorFlow's of opset 8 and 13, PyTorch's of opset 11.</summary>
    [Theory]
    [InlineData("acasxu.onnx", true, new long[] { 1, 1, 5 })]
    [InlineData("fc1.onnx", false, new long[] { 2 })]
    [InlineData("keras-sigmoid.onnx", false, new long[] { 100 })]
    [InlineData("mnist2x10.onnx", false, new long[] { 1, 28, 28 })]
    public void A_public_model_gives_the_outputs_of_ONNX_Runtime(string name, bool oneSample, long[] sample)
    {
        byte[] file = File.ReadAllBytes(SharedData.Require($"models/{name}"));
        Model<float> model = Assert.IsType<Model<float>>(OnnxImport.Load(new MemoryStream(file), name));
        Random random = new(7);
        for (int trial = 0; trial < 20; trial++)
        {
            Matrix<float> x = Matrix<float>.Build.Dense(oneSample ? 1 : 9, model.Features, (_, _) => (float)random.NextDouble());
            Matrix<float> expected = OnnxRuntimeModel.Run(file, x, sample), difference = OnnxExportTests.Outputs(model, x) - expected;

            // Relative to the largest output: where terms of that size cancel, both sides round.
            Assert.InRange(difference.InfinityNorm() / Math.Max(1, expected.InfinityNorm()), 0, 1e-5);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public void Every_opset_from_7_on_is_read_with_its_own_dropout_and_softmax(int opset)
    {
        TestGraph graph = new("x", 1, 2) { Opset = opset };
        graph.Constant("w", [2, 3], 1, 2, 3, -4, 5, -6).Constant("b", [3], 0.1f, 0.2f, 0.3f).Constant("one", [3], 1, 2, 3).Constant("ratio", [], 0.25f);
        graph.Node("MatMul", ["x", "w"], "h0").Node("Add", ["h0", "b"], "h1").Node("LeakyRelu", ["h1"], "h2", TestGraph.Float("alpha", 0.2f));
        graph.Node("BatchNormalization", ["h2", "one", "b", "b", "one"], "h3", TestGraph.Float("epsilon", 0.5f));
        if (opset < 12)
            graph.Node("Dropout", ["h3"], "h4", TestGraph.Float("ratio", 0.25f));
        else
            graph.Node("Dropout", ["h3", "ratio"], "h4");
        byte[] file = graph.Node("Softmax", ["h4"], "y").Finish("y", 3);

        Model<float> model = Read(file);
        Assert.Equal(["Dense 2 -> 3", "LeakyRelu 0.20000000298023224", "BatchNorm 3", "Dropout 0.25"], Assert.IsType<Sequential<float>>(model.Layers).Select(Shortened));
        Assert.InRange(OnnxExportTests.Difference(model.Probabilities(Pairs), OnnxRuntimeModel.Run(file, Pairs)), 0, 1e-6);

        static string Shortened(Layer<float> layer) => layer.Description.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
    }

    /// <summary>What the standard says of attributes that are not there: LeakyRelu's slope 0.01, Dropout's ratio 0.5, BatchNormalization's momentum 0.9 and epsilon 1e-5.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(13)]
    public void Attributes_that_are_left_out_have_the_defaults_of_the_standard(int opset)
    {
        TestGraph graph = new("x", 1, 2) { Opset = opset };
        graph.Constant("w", [2, 3], 1, 2, 3, -4, 5, -6).Constant("one", [3], 1, 2, 3).Node("MatMul", ["x", "w"], "h0").Node("LeakyRelu", ["h0"], "h1");
        byte[] file = graph.Node("BatchNormalization", ["h1", "one", "one", "one", "one"], "h2").Node("Elu", ["h2"], "h3").Node("Dropout", ["h3"], "y").Finish("y", 3);
        Sequential<float> layers = Assert.IsType<Sequential<float>>(Read(file).Layers);
        Assert.Equal(0.01f, (float)layers.OfType<LeakyRelu<float>>().Single().Slope);
        Assert.Equal(1, layers.OfType<Elu<float>>().Single().Scale);
        Assert.Equal(0.5, layers.OfType<Dropout<float>>().Single().Rate);
        BatchNorm<float> norm = layers.OfType<BatchNorm<float>>().Single();
        Assert.Equal(0.1f, (float)norm.Momentum, 1e-7f);
        Assert.Equal(1e-5f, (float)norm.Epsilon);
        Assert.InRange(OnnxExportTests.Difference(OnnxExportTests.Outputs(Read(file), Pairs), OnnxRuntimeModel.Run(file, Pairs)), 0, 1e-5);
    }

    /// <summary>In ONNX the momentum is the weight of the past, in PyTorch and here that of the batch.</summary>
    [Fact]
    public void The_momentum_of_batch_normalization_changes_its_meaning_on_the_way_out_and_back()
    {
        using TemporaryFolder folder = new();
        Model<float> model = new(new Sequential<float>(new Dense<float>(2, 3, new RandomSource(1)), new BatchNorm<float>(3, momentum: 0.25)));
        OnnxExport.Save(model, folder["m.onnx"]);
        ModelProto file = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["m.onnx"]));
        NodeProto node = file.Graph.Node.Single(node => node.OpType == "BatchNormalization");
        Assert.Equal(0.75f, node.Attribute.Single(attribute => attribute.Name == "momentum").F);
        Assert.Equal(0.25, Assert.IsType<Sequential<float>>(Read(File.ReadAllBytes(folder["m.onnx"])).Layers).OfType<BatchNorm<float>>().Single().Momentum, 1e-7);
    }

    [Fact]
    public void A_negative_variance_is_refused()
    {
        TestGraph graph = new("x", 1, 2);
        graph.Constant("w", [2, 2], 1, 2, 3, -4).Constant("one", [2], 1, 1).Constant("variance", [2], 1, -0.5f).Node("MatMul", ["x", "w"], "h");
        AssertRefused(graph.Node("BatchNormalization", ["h", "one", "one", "one", "variance"], "y").Finish("y", 2), "it has a negative variance");
    }

    [Fact]
    public void A_log_softmax_at_the_end_is_left_out()
    {
        TestGraph graph = new("x", 1, 2);
        byte[] file = graph.Constant("w", [2, 3], 1, 2, 3, -4, 5, -6).Node("MatMul", ["x", "w"], "h").Node("LogSoftmax", ["h"], "y", TestGraph.Integer("axis", 1)).Finish("y", 3);
        Matrix<float> expected = OnnxRuntimeModel.Run(file, Pairs).PointwiseExp();
        Assert.InRange(OnnxExportTests.Difference(Read(file).Probabilities(Pairs), expected), 0, 1e-6);
    }

    [Fact]
    public void A_softmax_over_other_than_the_columns_is_refused()
    {
        AssertRefused(new TestGraph("x", 1, 2) { Opset = 11 }.Node("Softmax", ["x"], "y", TestGraph.Integer("axis", 0)).Finish("y", 2), "only the columns of a matrix are supported, axis 1 or -1");
        AssertRefused(new TestGraph("x", 1, 2, 2).Node("Softmax", ["x"], "y").Finish("y", 4), "only the columns of a matrix are supported");
    }

    [Fact]
    public void Batch_normalization_that_trains_is_refused()
    {
        TestGraph graph = new TestGraph("x", 1, 2) { Opset = 8 }.Constant("c", [2], 1, 1);
        AssertRefused(graph.Node("BatchNormalization", ["x", "c", "c", "c", "c"], "y", TestGraph.Integer("training_mode", 0)).Finish("y", 2), "the attribute \"training_mode\" is not supported");
    }

    [Theory]
    [InlineData(new long[] { -1, 6 }, true)]
    [InlineData(new long[] { 0, -1 }, true)]
    [InlineData(new long[] { 0, 6 }, true)]
    [InlineData(new long[] { -1, 2, 3 }, true)]
    [InlineData(new long[] { -1, 3 }, false)]
    [InlineData(new long[] { 0, 3, -1, 2 }, true)]
    [InlineData(new long[] { 6, -1 }, false)]
    [InlineData(new long[] { 1, 6 }, false)]
    [InlineData(new long[] { -1 }, false)]
    [InlineData(new long[] { -1, 0 }, false)]
    [InlineData(new long[] { 0, -1, -1 }, false)]
    public void A_reshape_that_keeps_each_sample_a_row_is_nothing_and_any_other_is_refused(long[] shape, bool keeps)
    {
        TestGraph graph = new TestGraph("x", 1, 1, 2, 3).Integers("shape", shape).Integers("row", 0, -1).Constant("w", [6, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        byte[] file = graph.Node("Reshape", ["x", "shape"], "r").Node("Reshape", ["r", "row"], "f").Node("MatMul", ["f", "w"], "y").Finish("y", 2);
        if (!keeps)
        {
            AssertRefused(file, "Reshape");
            return;
        }

        Matrix<float> x = Matrix<float>.Build.Dense(4, 6, (row, column) => row - (0.3f * column));
        Assert.InRange(OnnxExportTests.Difference(OnnxExportTests.Outputs(Read(file), x), OnnxRuntimeModel.Run(file, x, 1, 2, 3)), 0, 1e-5);
    }

    [Fact]
    public void A_reshape_between_layers_is_held_to_their_columns()
    {
        Assert.Equal(4, Read(Between(4)).Features);
        AssertRefused(Between(2), "it makes rows of 2 numbers out of samples of 4; only a reshape that keeps each sample a row is supported");

        static byte[] Between(long columns) => new TestGraph("x", 1, 4)
            .Integers("shape", -1, columns)
            .Constant("w", [4, 4], [.. Enumerable.Range(0, 16).Select(i => (float)i)])
            .Node("MatMul", ["x", "w"], "h")
            .Node("Reshape", ["h", "shape"], "r")
            .Node("Relu", ["r"], "y")
            .Finish("y", 4);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(-3, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(-1, false)]
    public void A_flatten_of_the_whole_sample_is_nothing_and_any_other_is_refused(long axis, bool keeps)
    {
        TestGraph graph = new TestGraph("x", 1, 1, 2, 3).Constant("w", [6, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        byte[] file = graph.Node("Flatten", ["x"], "f", TestGraph.Integer("axis", axis)).Node("MatMul", ["f", "w"], "y").Finish("y", 2);
        if (keeps)
            Assert.Equal(6, Read(file).Features);
        else
            AssertRefused(file, "only axis 1 is supported, which makes a sample a row");
    }

    [Fact]
    public void A_weight_before_its_input_is_refused_with_what_would_be_right()
    {
        string reason = "it is W·x with the weight \"w\" first, where a sample is a column; here a sample is a row: export x·W with the transposed weight second, or a Gemm with transB = 1";
        AssertRefused(Product().Finish("y", 2), reason);
        AssertRefused(Product().Constant("b", [2], 1, 2).Node("Add", ["y", "b"], "z").Finish("z", 2), reason);

        static TestGraph Product() => new TestGraph("x", 1, 2).Constant("w", [2, 2], 1, 2, 3, 4).Node("MatMul", ["w", "x"], "y");
    }

    /// <summary>Constants of a standardization in each shape that NumPy's broadcasting allows.</summary>
    [Theory]
    [InlineData(new long[] { 1 }, 1)]
    [InlineData(new long[] { 3 }, 3)]
    [InlineData(new long[] { 2, 3 }, 6)]
    [InlineData(new long[] { 2, 1 }, 2)]
    [InlineData(new long[] { 1, 1, 3 }, 3)]
    [InlineData(new long[] { 1, 2, 1 }, 2)]
    public void A_standardization_is_spread_over_the_shape_of_a_sample(long[] dimensions, int count)
    {
        float[] numbers = [.. Enumerable.Range(1, count).Select(i => i * 0.5f)];
        TestGraph graph = new TestGraph("x", 1, 2, 3).Constant("m", dimensions, numbers).Constant("s", dimensions, numbers);
        byte[] file = graph.Node("Sub", ["x", "m"], "c").Node("Div", ["c", "s"], "z").Node("Flatten", ["z"], "f").Node("Tanh", ["f"], "y").Finish("y", 6);
        Matrix<float> x = Matrix<float>.Build.Dense(4, 6, (row, column) => row - (0.3f * column));
        Assert.InRange(OnnxExportTests.Difference(OnnxExportTests.Outputs(Read(file), x), OnnxRuntimeModel.Run(file, x, 2, 3)), 0, 1e-6);
    }

    [Fact]
    public void A_standardization_of_another_shape_is_refused() =>
        AssertRefused(
            new TestGraph("x", 1, 2, 3).Constant("m", [2], 1, 2).Node("Sub", ["x", "m"], "c").Node("Flatten", ["c"], "f").Node("Tanh", ["f"], "y").Finish("y", 6),
            "its constant of shape [2] does not fit samples of shape [2, 3]");

    [Fact]
    public void A_declared_width_that_no_layer_has_is_refused()
    {
        AssertRefused(new TestGraph("x", 1, int.MaxValue).Constant("m", [1], 0.5f).Node("Sub", ["x", "m"], "c").Node("Relu", ["c"], "y").Finish("y", 1), "use the same constants again and again");
        AssertRefused(new TestGraph("x", 1, 7).Constant("w", [2, 2], 1, 2, 3, 4).Node("MatMul", ["x", "w"], "y").Finish("y", 2), "the input \"x\" is declared 7 numbers wide, but the layers take 2");
        AssertRefused(new TestGraph("x", 1, long.MaxValue, long.MaxValue).Constant("m", [1], 0.5f).Node("Sub", ["x", "m"], "y").Node("Relu", ["y"], "z").Finish("z", 1), "numbers wide");
        AssertRefused(new TestGraph("x", 1, 0).Node("Relu", ["x"], "y").Finish("y", 2), "found the input \"x\" of shape [N, 0]");
        AssertRefused(new TestGraph("x", 1).Node("Relu", ["x"], "y").Finish("y", 2), "found the input \"x\" of shape [N]");
    }

    [Fact]
    public void A_softmax_of_itself_is_refused_without_a_walk_in_circles()
    {
        byte[] file = new TestGraph("x", 1, 2).Node("Softmax", ["y"], "y").Finish("y", 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(file, "it is part of a circle");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_file_for_one_sample_a_call_is_read()
    {
        byte[] file = TestGraph.ForOneSample("x", 2, 2).Integers("shape", 1, 4).Constant("w", [4, 1], 1, 2, 3, 4).Node("Reshape", ["x", "shape"], "r").Node("MatMul", ["r", "w"], "y").Finish("y", 1);
        Matrix<float> x = Matrix<float>.Build.DenseOfArray(new[,] { { 0.5f, -0.25f, 1, 2 } });
        Assert.InRange(OnnxExportTests.Difference(OnnxExportTests.Outputs(Read(file), x), OnnxRuntimeModel.Run(file, x, 2, 2)), 0, 1e-6);
    }

    private static Model<float> Read(byte[] file) => Assert.IsType<Model<float>>(OnnxImport.Load(new MemoryStream(file), "file"));

    private static void AssertRefused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => OnnxImport.Load(new MemoryStream(file), "file")).Message, StringComparison.Ordinal);
}
