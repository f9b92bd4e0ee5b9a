using System.Globalization;
using AutoDiffLsr.Data;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Tests.Cli;
using AutoDiffLsr.Tests.Onnx;
using AutoDiffLsr.Tests.Support;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

/// <summary>A net trained on MNIST here, used by others.</summary>
public sealed class MnistInterchangeTests : IDisposable
{
    private const int Samples = 200;

    private const string Script =
        """
        import json, struct, sys, torch

        def load(path):
            data = open(path, "rb").read()
            start = 8 + struct.unpack("<Q", data[:8])[0]
            header = json.loads(data[8:start])
            header.pop("__metadata__", None)
            return {name: torch.frombuffer(bytearray(data[start + e["data_offsets"][0]:start + e["data_offsets"][1]]), dtype=torch.float32).reshape(e["shape"]) for name, e in header.items()}

        net = torch.nn.Sequential(torch.nn.Linear(784, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))
        net.load_state_dict(load(sys.argv[1]))
        print(" ".join(repr(y) for y in net(load(sys.argv[2])["x"]).flatten().tolist()))
        """;

    private readonly TemporaryFolder folder = new();
    private readonly Model<float> model;
    private readonly Matrix<float> x;
    private readonly Matrix<float> logits;

    public MnistInterchangeTests()
    {
        string mnist = SharedData.Require("mnist");
        TrainTestSplit<float> digits = IdxFolder.Read<float>(mnist);
        Dataset<float> train = digits.Train.Subset([.. Enumerable.Range(0, 10_000)]), test = digits.Test;
        RandomSource random = new(1);
        Sequential<float> net = [new Dense<float>(784, 32, random), new Relu<float>(), new Dense<float>(32, 10, random)];
        new Trainer<float>(net, new SparseLabelSmoothing(0.1), new Adam<float>(net.Parameters)) { Epochs = 1 }.Fit(new Batches<float>(train, 32, random));
        new Model<float>(net).Save(ModelPath);
        model = Model.Load<float>(ModelPath);
        x = Matrix<float>.Build.DenseOfRowMajor(Samples, 784, test.Samples[..(Samples * 784)].ToArray());
        logits = OnnxExportTests.Outputs(model, x);
        int right = model.Predict(x).Zip(test.Labels).Count(pair => pair.First == pair.Second);
        Assert.InRange(right, 0.85 * Samples, Samples);
    }

    private string ModelPath => folder["model.safetensors"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ONNX_Runtime_gives_equal_outputs()
    {
        Assert.Equal(0, CommandLine.Run("export", "--model", ModelPath, "--onnx", folder["m.onnx"]).ExitCode);
        Assert.InRange(OnnxExportTests.Difference(logits, OnnxRuntimeModel.Run(File.ReadAllBytes(folder["m.onnx"]), x)), 0, 1e-5);
    }

    [Fact]
    public void PyTorch_gives_equal_outputs()
    {
        SafetensorsWriter images = new();
        images.Add<float>("x", x.ToRowMajorArray(), Samples, 784);
        images.Save(folder["x"]);
        float[] theirs = [.. PyTorch.Run(Script, ModelPath, folder["x"]).Select(text => float.Parse(text, CultureInfo.InvariantCulture))];

        // Sums of 784 products in another order: of the largest output, float is good to this.
        float largest = logits.Enumerate().Max(Math.Abs);
        Assert.Equal(logits.ToRowMajorArray(), theirs, (ours, other) => Math.Abs(ours - other) <= 1e-6 * largest);
    }
}
