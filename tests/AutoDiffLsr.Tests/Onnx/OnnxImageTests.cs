using System.Globalization;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx;
using AutoDiffLsr.Tests.Formats;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Onnx;

/// <summary>Nets of images: what ONNX Runtime computes of our file, and what we compute of PyTorch's.</summary>
public sealed class OnnxImageTests
{
    private const string Script =
        """
        import os, sys, torch
        torch.manual_seed(int(sys.argv[2]))
        nets = {
            "lenet": torch.nn.Sequential(torch.nn.Conv2d(1, 6, 5, padding=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Conv2d(6, 16, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
                torch.nn.Flatten(), torch.nn.Linear(64, 12), torch.nn.ReLU(), torch.nn.Linear(12, 3)),
            "other": torch.nn.Sequential(torch.nn.Conv2d(1, 4, (3, 5), stride=(2, 1), padding=(1, 2), bias=False), torch.nn.BatchNorm2d(4), torch.nn.ELU(), torch.nn.Conv2d(4, 6, 3, dilation=2, groups=2),
                torch.nn.SiLU(), torch.nn.AvgPool2d(3, 2), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(6, 3)),
        }
        net = nets[sys.argv[3]]
        with torch.no_grad():
            for _ in range(3): net(torch.randn(5, 1, 16, 16))
        net.eval()
        x = torch.randn(4, 1, 16, 16)
        torch.onnx.export(net, x, sys.argv[1], opset_version=13, input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})
        print(" ".join(repr(v) for v in [*x.flatten().tolist(), *net(x).flatten().tolist()]))
        sys.stdout.flush()
        os._exit(0)
        """;

    [Fact]
    public void ONNX_Runtime_computes_random_nets_of_images_as_we_do_and_the_import_gives_the_net_back()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Model<float> model = RandomNet(new RandomSource(seed));
            Matrix<float> x = Nets.Samples<float>(1 + (seed % 20), model.Features, seed);
            byte[] file = OnnxExportTests.Export(model, softmax: false);
            Matrix<float> expected = OnnxExportTests.Outputs(model, x);
            double difference = OnnxExportTests.Difference(expected, OnnxRuntimeModel.Run(file, x));
            Assert.True(difference <= 1e-5, $"seed {seed}: {difference}\n{model.Layers}");
            using MemoryStream stream = new(file);
            Model<float> back = Assert.IsType<Model<float>>(OnnxImport.Load(stream, "memory"));
            Assert.Equal(0, OnnxExportTests.Difference(expected, OnnxExportTests.Outputs(back, x)), 1e-6);
        }
    }

    [Fact]
    public void ONNX_Runtime_computes_shortcuts_and_embeddings_as_we_do()
    {
        Check(new(Nets.OfImages<float>(seed: 1)), Nets.Samples<float>(7, 72, seed: 3));
        Check(new(Nets.OfIndices<float>(seed: 1)), Nets.Indices<float>(7));

        static void Check(Model<float> model, Matrix<float> x) =>
            Assert.InRange(OnnxExportTests.Difference(OnnxExportTests.Outputs(model, x), OnnxRuntimeModel.Run(OnnxExportTests.Export(model, softmax: false), x)), 0, 1e-5);
    }

    [Theory]
    [InlineData("lenet", 1)]
    [InlineData("other", 2)]
    public void We_compute_what_PyTorch_computes_of_the_file_that_it_exports(string net, int seed)
    {
        using TemporaryFolder folder = new();
        double[] numbers = [.. PyTorch.Run(Script, folder["m.onnx"], seed.ToString(CultureInfo.InvariantCulture), net).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        Model<float> model = Assert.IsType<Model<float>>(OnnxImport.Load(folder["m.onnx"]));
        Assert.Equal(new ImageShape(1, 16, 16), model.Layers.InputImage);
        Matrix<float> x = Matrix<float>.Build.DenseOfRowMajor(4, 256, numbers.Take(1024).Select(value => (float)value));
        Matrix<float> expected = Matrix<float>.Build.DenseOfRowMajor(4, 3, numbers.Skip(1024).Select(value => (float)value));
        Assert.InRange(OnnxExportTests.Difference(expected, OnnxExportTests.Outputs(model, x)), 0, 1e-5);
    }

    [Fact]
    public void A_convolution_of_images_of_unknown_size_is_refused_by_its_node()
    {
        byte[] file = OnnxExportTests.Export(new Model<float>(new Sequential<float>(new Conv2D<float>(new ImageShape(1, 3, 3), 1, 3, new RandomSource(1)))), softmax: false);
        AutoDiffLsr.Onnx.Protos.ModelProto proto = AutoDiffLsr.Onnx.Protos.ModelProto.Parser.ParseFrom(file);
        proto.Graph.Node[1].Input[0] = proto.Graph.Node[0].Input[0];
        proto.Graph.Node.RemoveAt(0);
        using MemoryStream stream = new(Google.Protobuf.MessageExtensions.ToByteArray(proto));
        ModelFileException error = Assert.Throws<ModelFileException>(() => OnnxImport.Load(stream, "memory"));
        Assert.Contains("(Conv): the size of the images that come in is not known", error.Message, StringComparison.Ordinal);
    }

    private static Model<float> RandomNet(RandomSource random)
    {
        ImageShape image = new(1 + random.NextInt(4), 6 + random.NextInt(6), 6 + random.NextInt(6));
        List<Layer<float>> layers = [];
        for (int i = 1 + random.NextInt(5); i > 0 && image.Height > 4 && image.Width > 4; i--)
        {
            Layer<float> layer = random.NextInt(8) switch
            {
                0 or 1 or 2 => NewConvolution(image, random),
                3 => new MaxPool2D<float>(image, kernel: (1 + random.NextInt(3), 2), stride: 1, padding: (0, random.NextInt(2))),
                4 => new AveragePool2D<float>(image, kernel: 2, stride: 1, padding: random.NextInt(2), countPadding: random.NextInt(2) == 0),
                5 => new BatchNorm2D<float>(image, 0.3, 0.05),
                6 => new Silu<float>(),
                _ => new Elu<float>(0.7),
            };
            layers.Add(layer);
            image = layer.OutputImage(image)!.Value;
        }

        if (random.NextInt(3) == 0)
        {
            layers.Add(new GlobalAveragePool2D<float>(image));
            image = new(image.Channels, 1, 1);
        }

        if (random.NextInt(2) == 0)
            layers.Add(new Flatten<float>());
        layers.Add(new Dense<float>(image.Columns, 2, random));
        Sequential<float> net = new([.. layers]);
        Nets.TrainAWhile(net, net.InputColumns ?? image.Columns);
        return new(net);
    }

    private static Conv2D<float> NewConvolution(ImageShape image, RandomSource random)
    {
        int groups = image.Channels % 2 == 0 ? 1 + random.NextInt(2) : 1;
        return new(image, groups * (1 + random.NextInt(3)), (1 + random.NextInt(3), 1 + random.NextInt(2)), random, 1 + random.NextInt(2), random.NextInt(2), (1, 1 + random.NextInt(2)), groups, random.NextInt(2) == 0);
    }
}
