using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

public sealed class WeightsTests
{
    /// <summary>As PyTorch saves nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)): weight out x in, row by row; a counter without sizes.</summary>
    private static readonly byte[] FromPyTorch = SafetensorsFiles.Make(
        """{"__metadata__":{"format":"pt"},"0.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},"0.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]},"1.weight":{"dtype":"F32","shape":[3],"data_offsets":[36,48]},"1.bias":{"dtype":"F32","shape":[3],"data_offsets":[48,60]},"1.running_mean":{"dtype":"F32","shape":[3],"data_offsets":[60,72]},"1.running_var":{"dtype":"F32","shape":[3],"data_offsets":[72,84]},"1.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[84,92]}}""",
        SafetensorsFiles.Floats(1, 2, 3, 4, 5, 6),
        SafetensorsFiles.Floats(0.5f, 0.25f, 0.125f),
        SafetensorsFiles.Floats(1, 1, 2),
        SafetensorsFiles.Floats(0, 10, 0),
        SafetensorsFiles.Floats(0, 0, 1),
        SafetensorsFiles.Floats(1, 1, 4),
        SafetensorsFiles.Longs(7));

    [Fact]
    public void A_file_as_PyTorch_writes_it_gives_the_outputs_of_PyTorch()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["w"], FromPyTorch);
        BatchNorm<float> norm = new(3);
        Sequential<float> net = new(new Dense<float>(2, 3, new RandomSource(1)), norm);
        Weights.Load(net, folder["w"]);
        net.UseEvaluationMode();
        Matrix<float> y = Nets.Output(net, Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 10 } }));

        // x·Wᵀ + b = (21.5, 43.25, 65.125); then (y - mean) / √(var + 1e-5)·weight + bias.
        Assert.Equal(21.5 / Math.Sqrt(1 + 1e-5), y[0, 0], 1e-5);
        Assert.Equal((43.25 / Math.Sqrt(1 + 1e-5)) + 10, y[0, 1], 1e-5);
        Assert.Equal((65.125 - 1) / Math.Sqrt(4 + 1e-5) * 2, y[0, 2], 1e-5);
        Assert.Equal(7UL, norm.Counters[0].Value);
    }

    [Fact]
    public void Every_number_comes_back_in_float_and_double()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : struct, System.Numerics.IFloatingPointIeee754<T>
        {
            using TemporaryFolder folder = new();
            Sequential<T> saved = Nets.Every<T>(seed: 1), loaded = Nets.Every<T>(seed: 2);
            Weights.Save(saved, folder["w"]);
            Weights.Load(loaded, folder["w"]);
            Assert.Equal(saved.NamedParameters().Select(named => named.Parameter.Value), loaded.NamedParameters().Select(named => named.Parameter.Value));
            Assert.Equal(saved.NamedBuffers().Select(named => named.Value), loaded.NamedBuffers().Select(named => named.Value));
            Assert.Equal(3UL, loaded[2].Counters[0].Value);
        }
    }

    [Fact]
    public void The_file_has_the_names_and_shapes_of_a_state_dict_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        Sequential<float> net = new(new Dense<float>(1, 3, new RandomSource(1)), new BatchNorm<float>(3), new Dropout<float>(0.5, seed: 1), new Dense<float>(3, 2, new RandomSource(1), bias: false));
        Weights.Save(net, folder["w"]);
        using SafetensorsReader reader = SafetensorsReader.Open(folder["w"]);
        Assert.Equal(
            [
                "0.bias F32 [3]", "0.weight F32 [3, 1]", "1.bias F32 [3]", "1.num_batches_tracked I64 []", "1.running_mean F32 [3]", "1.running_var F32 [3]", "1.weight F32 [3]",
                "3.weight F32 [2, 3]",
            ],
            reader.Tensors.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.layers.")]
    [InlineData("0.")]
    public void A_prefix_that_all_names_have_in_common_is_left_out(string prefix)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["w"], SafetensorsFiles.Make(
            $$$"""{"{{{prefix}}}0.weight":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]},"{{{prefix}}}0.bias":{"dtype":"BF16","shape":[1],"data_offsets":[4,6]}}""",
            [0x00, 0x3C, 0x00, 0xC0, 0x80, 0x3F]));
        Sequential<float> net = new(new Dense<float>(2, 1, new RandomSource(1)));
        Weights.Load(net, folder["w"]);
        Assert.Equal([1f, -2f], net.Parameters[0].Value.ToColumnMajorArray());
        Assert.Equal(1, net.Parameters[1].Value[0, 0]);
    }

    [Fact]
    public void Names_that_do_not_fit_are_listed_beside_those_of_the_model()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["w"], SafetensorsFiles.Make(
            """{"a.0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"b.0.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", SafetensorsFiles.Floats(1, 2)));
        string message = Assert.Throws<ModelFileException>(() => Weights.Load(new Sequential<float>(new Dense<float>(1, 1, new RandomSource(1))), folder["w"])).Message;
        Assert.EndsWith("found no tensor \"0.weight\", only \"a.0.weight\", \"b.0.bias\", expected the tensors of the model: \"0.weight\", \"0.bias\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_net_is_refused_and_changes_nothing()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["w"], FromPyTorch);
        AssertRefused(new(new Dense<float>(3, 3, new RandomSource(1)), new BatchNorm<float>(3)), "found tensor \"0.weight\" of shape [3, 2], expected [3, 3] for the model");
        AssertRefused(new(new Dense<float>(2, 3, new RandomSource(1)), new Relu<float>(), new BatchNorm<float>(3)), "found no tensor \"2.weight\", only \"0.weight\", \"0.bias\"");
        AssertRefused(new(new Dense<float>(2, 3, new RandomSource(1))), "found tensors that the model does not have: \"1.weight\", \"1.bias\", \"1.running_mean\"");

        void AssertRefused(Sequential<float> net, string reason)
        {
            Matrix<float> before = net.Parameters[0].Value.Clone();
            Assert.Contains(reason, Assert.Throws<ModelFileException>(() => Weights.Load(net, folder["w"])).Message, StringComparison.Ordinal);
            Assert.Equal(before, net.Parameters[0].Value);
        }
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_on_request_and_change_nothing()
    {
        using TemporaryFolder folder = new();
        byte[] file = SafetensorsFiles.Make(
            """{"weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
            SafetensorsFiles.Floats(3, float.NaN));
        File.WriteAllBytes(folder["w"], file);
        Dense<float> dense = new(1, 1, new RandomSource(1));
        float before = dense.Weight.Value[0, 0];
        Assert.Contains("found NaN in tensor \"bias\", element 0", Assert.Throws<ModelFileException>(() => Weights.Load(dense, folder["w"])).Message, StringComparison.Ordinal);
        Assert.Equal(before, dense.Weight.Value[0, 0]);
        Weights.Load(dense, folder["w"], requireFinite: false);
        Assert.Equal(float.NaN, dense.Bias!.Value[0, 0]);
    }
}
