using System.Numerics;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Onnx;
using AutoDiffLsr.Onnx.Protos;
using AutoDiffLsr.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Onnx;

public sealed class OnnxImportTests
{
    [Property(MaxTest = 100)]
    public Property What_was_exported_comes_back_with_equal_outputs() => Prop.ForAll(NetPlan.Arbitrary, plan => ComesBack<float>(plan) && ComesBack<double>(plan));

    [Fact]
    public void A_net_as_PyTorch_exports_it_is_imported()
    {
        // torch.nn.Sequential(Flatten, Linear, GELU, Linear, Softmax) as torch.onnx.export writes it, and a MatMul with Add as its newer exporter does.
        TestGraph graph = new("x", 1, 2);
        graph.Node("Flatten", ["x"], "flat", TestGraph.Integer("axis", 1));
        graph.Constant("w0", [3, 2], 1, 2, 3, 4, 5, 6).Constant("b0", [3], 0.1f, 0.2f, 0.3f);
        graph.Node("Gemm", ["flat", "w0", "b0"], "h0", TestGraph.Float("alpha", 1), TestGraph.Float("beta", 1), TestGraph.Integer("transB", 1));
        graph.ConstantNode("root2", 1.4142135f).ConstantNode("one", 1).ConstantNode("half", 0.5f);
        graph.Node("Div", ["h0", "root2"], "g0").Node("Erf", ["g0"], "g1").Node("Add", ["g1", "one"], "g2").Node("Mul", ["h0", "g2"], "g3").Node("Mul", ["g3", "half"], "h1");
        graph.Constant("w1", [3, 2], 1, -1, 0.5f, 2, -0.5f, 0.25f).Constant("b1", [2], 1, 2);
        graph.Node("MatMul", ["h1", "w1"], "h2").Node("Add", ["b1", "h2"], "h3").Node("Softmax", ["h3"], "y", TestGraph.Integer("axis", -1));
        byte[] file = graph.Finish("y", 2);

        Model<float> model = Assert.IsType<Model<float>>(Load(file));
        Assert.Equal(["Dense 2 -> 3", "Gelu", "Dense 3 -> 2"], Assert.IsType<Sequential<float>>(model.Layers).Select(layer => layer.Description));
        Matrix<float> x = Matrix<float>.Build.DenseOfArray(new[,] { { 0.5f, -0.25f }, { -1, 0.1f } });
        Assert.InRange(OnnxExportTests.Difference(model.Probabilities(x), OnnxRuntimeModel.Run(file, x)), 0, 1e-6);
    }

    [Fact]
    public void Names_and_standardization_come_back()
    {
        Model<double> model = new NetPlan([0 + (12 * 2), 2, 0 + 12], 3, 1, Seed: 5, Standardized: true, Softmax: false).Make<double>();
        Model<double> loaded = Assert.IsType<Model<double>>(Load(OnnxExportTests.Export(model, softmax: true)));
        Assert.Equal(model.Info.ClassNames, loaded.Info.ClassNames);
        Assert.Equal(model.Info.FeatureNames, loaded.Info.FeatureNames);
        Assert.Equal(model.Standardization!.Mean, loaded.Standardization!.Mean);
        Assert.Equal(model.Standardization.Scale, loaded.Standardization.Scale);
    }

    [Fact]
    public void A_layer_in_two_places_stays_one()
    {
        Dense<float> shared = new(3, 3, new(1));
        Model<float> loaded = Assert.IsType<Model<float>>(Load(OnnxExportTests.Export(new Model<float>(new Sequential<float>(shared, new Tanh<float>(), shared)), softmax: false)));
        Assert.Equal(2, loaded.Layers.Parameters.Count);
    }

    [Theory]
    [InlineData("ConvTranspose", "node 0 \"n_y\" (ConvTranspose): there is no layer for it here")]
    [InlineData("Add", "node 0 \"n_y\" (Add): there is no layer for it here")]
    [InlineData("Mul", "node 0 \"n_y\" (Mul): there is no layer for it here")]
    [InlineData("MatMul", "\"x\" is no constant, but a weight must be one")]
    [InlineData("Relu", "node 0 \"n_y\" (Relu): it has 2 inputs, but only 1 are supported")]
    public void A_node_that_is_not_supported_is_named(string operation, string reason) =>
        AssertRefused(new TestGraph("x", 1, 2).Node(operation, ["x", "x"], "y").Finish("y", 2), reason);

    [Fact]
    public void Chains_that_are_none_are_told()
    {
        AssertRefused(new TestGraph("x", 1, 2).Finish("y", 2), "the value \"y\" comes from no node");
        AssertRefused(new TestGraph("x", 1, 2).Finish("x", 2), "there is no layer between the input and the output");
        AssertRefused(new TestGraph("x", 1, 2).Node("Relu", ["y"], "z").Node("Relu", ["z"], "y").Finish("y", 2), "it is part of a circle");
        AssertRefused(new TestGraph("x", 1, 2).Node("Relu", ["x"], "y").Node("Tanh", ["x"], "z").Finish("y", 2), "node 1 \"n_z\" (Tanh): it is not part of the chain from the input to the output");
        AssertRefused(new TestGraph("x", 1, 2).Node("Relu", ["x"], "y").Node("Tanh", ["x"], "y").Finish("y", 2), "node 1 \"n_y\" (Tanh): the value \"y\" is there already");
        AssertRefused(new TestGraph("x", 1, 2).Node("Softmax", ["x"], "z").Node("Relu", ["z"], "y").Finish("y", 2), "a softmax is only supported at the end");
        AssertRefused(new TestGraph("x", 10, 2).Node("Relu", ["x"], "y").Finish("y", 2), "found an input of float16, expected float or double");
        AssertRefused(new TestGraph("x", 1, 2) { Opset = 6 }.Node("Relu", ["x"], "y").Finish("y", 2), "found opset 6, expected opset 7 or newer");
    }

    [Fact]
    public void Weights_that_cannot_be_are_told()
    {
        AssertRefused(Dense(graph => graph.Constant("w", [2, 3], 1, 2, 3, 4)), "constant \"w\" has 4 numbers, but its shape is [2, 3]");
        AssertRefused(Dense(graph => graph.Constant("w", [long.MaxValue, long.MaxValue], 1, 2, 3, 4)), "constant \"w\" has 4 numbers");
        AssertRefused(Dense(graph => graph.Constant("w", [4], 1, 2, 3, 4)), "the weight \"w\" has 1 dimensions, but must have 2");
        AssertRefused(Dense(graph => graph.Constant("w", [2, 2], 1, 2, 3, float.NaN)), "constant \"w\" has NaN as element 3; weights must be finite");
        AssertRefused(Dense(graph => graph.External("w", [2, 2])), "constant \"w\" is in another file; only models in one file are supported");

        static byte[] Dense(Action<TestGraph> add)
        {
            TestGraph graph = new("x", 1, 2);
            add(graph);
            return graph.Node("Gemm", ["x", "w"], "y").Finish("y", 2);
        }
    }

    [Fact]
    public void One_large_constant_used_again_and_again_does_not_fill_the_memory()
    {
        TestGraph graph = new("x", 1, 10_000);
        graph.Constant("c", [10_000], [.. Enumerable.Repeat(1f, 10_000)]);
        for (int i = 0; i < 10_000; i++)
            graph.Node("BatchNormalization", [i == 0 ? "x" : $"v{i - 1}", "c", "c", "c", "c"], $"v{i}", TestGraph.Float("epsilon", i + 1));
        AssertRefused(graph.Finish("v9999", 10_000), "its nodes use the same constants again and again");
    }

    [Fact]
    public void A_file_cut_or_changed_anywhere_gives_a_model_or_one_kind_of_error()
    {
        byte[] good = OnnxExportTests.Export(new NetPlan([0 + 12, 3, 6, 7, 8, 9, 10, 1], 3, 1, 5, true, true).Make<double>(), softmax: true);
        for (int at = 0; at < good.Length; at++)
        {
            Read(good[..at]);
            byte[] changed = [.. good];
            changed[at] ^= (byte)(1 << (at % 8));
            Read(changed);
        }

        static void Read(byte[] file)
        {
            try
            {
                Load(file);
            }
            catch (ModelFileException error)
            {
                Assert.DoesNotContain(error.Message, char.IsControl);
            }
        }
    }

    [Fact]
    public void Files_that_are_no_models_are_told()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such file", Assert.Throws<ModelFileException>(() => OnnxImport.Load(folder["none"])).Message, StringComparison.Ordinal);
        AssertRefused([], "found an empty file");
        AssertRefused([.. "hello, world"u8], "found bytes that are no protobuf message");
        ModelProto empty = new() { IrVersion = 8 };
        AssertRefused(empty.ToByteArray(), "found no graph");
    }

    private static bool ComesBack<T>(NetPlan plan)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Model<T> model = plan.Make<T>(), loaded = (Model<T>)Load(OnnxExportTests.Export(model, plan.Softmax));
        Matrix<T> x = plan.Samples<T>();
        return OnnxExportTests.Difference(OnnxExportTests.Outputs(model, x), OnnxExportTests.Outputs(loaded, x)) <= 1e-5 && model.Layers.CountParameters() == loaded.Layers.CountParameters();
    }

    private static Model Load(byte[] file) => OnnxImport.Load(new MemoryStream(file), "file");

    private static void AssertRefused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => Load(file)).Message, StringComparison.Ordinal);
}
