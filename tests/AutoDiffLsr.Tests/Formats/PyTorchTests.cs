using System.Globalization;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Formats;

/// <summary>Where python3 has torch: files go there and back. safetensors itself is not needed, the script reads and writes it in a few lines.</summary>
public sealed class PyTorchTests
{
    private const string Script =
        """
        import collections, json, struct, sys, torch
        types = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}
        names = {value: key for key, value in types.items()}

        def load(path):
            data = open(path, "rb").read()
            start = 8 + struct.unpack("<Q", data[:8])[0]
            header = json.loads(data[8:start])
            header.pop("__metadata__", None)
            return {name: torch.frombuffer(bytearray(data[start + e["data_offsets"][0]:start + e["data_offsets"][1]]), dtype=types[e["dtype"]]).reshape(e["shape"]) for name, e in header.items()}

        def save(state, path):
            header, body = {}, b""
            for name, tensor in state.items():
                raw = bytes(tensor.detach().contiguous().reshape(-1).view(torch.uint8).tolist())
                header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(raw)]}
                body += raw
            text = json.dumps(header).encode()
            open(path, "wb").write(struct.pack("<Q", len(text)) + text + body)

        inner = torch.nn.Sequential(torch.nn.Linear(5, 5), torch.nn.LeakyReLU(0.2), torch.nn.Dropout(0.25), torch.nn.GELU())
        net = torch.nn.Sequential(
            torch.nn.Linear(4, 1), torch.nn.Linear(1, 5), torch.nn.BatchNorm1d(5, eps=1e-3), torch.nn.ReLU(), inner, inner[0], torch.nn.LayerNorm(5, eps=1e-4),
            torch.nn.Tanh(), torch.nn.Linear(5, 4, bias=False), torch.nn.Softplus(), torch.nn.Sigmoid(), torch.nn.Linear(4, 3))
        class Residual(torch.nn.Sequential):
            def forward(self, x):
                return self[0](x) + self[1](x)
        images = torch.nn.Sequential(
            torch.nn.Conv2d(2, 4, 3, padding=1, groups=2), torch.nn.BatchNorm2d(4, eps=1e-3), torch.nn.SiLU(), torch.nn.MaxPool2d(3, 2, 1),
            Residual(torch.nn.Sequential(torch.nn.Conv2d(4, 4, 3, padding=1, bias=False), torch.nn.ELU(0.5)), torch.nn.Conv2d(4, 4, 1)),
            torch.nn.AvgPool2d(2, 1, 1, count_include_pad=False), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(4, 3))
        indices = torch.nn.Sequential(torch.nn.Embedding(5, 3), torch.nn.Flatten(), torch.nn.Linear(6, 3))
        indices = torch.nn.Sequential(collections.OrderedDict([("0", indices[0]), ("flat", indices[1]), ("1", indices[2])]))
        net, shape, kind = {"every": (net, (-1, 4), torch.float32), "images": (images, (-1, 2, 6, 6), torch.float32), "indices": (indices, (-1, 2), torch.int64)}[sys.argv[5]]
        net.load_state_dict(load(sys.argv[1]))
        with torch.no_grad():
            for parameter in net.parameters():
                parameter.mul_(float(sys.argv[3]))
        save(net.state_dict(), sys.argv[2])
        net.eval()
        x = torch.tensor([float(number) for number in sys.argv[4].split()]).reshape(shape).to(kind)
        print(" ".join(repr(y) for y in net(x).flatten().tolist()))
        """;

    [Theory]
    [InlineData("every")]
    [InlineData("images")]
    [InlineData("indices")]
    public void PyTorch_loads_our_file_and_computes_the_same(string net) => Check(net, "1");

    [Theory]
    [InlineData("every")]
    [InlineData("images")]
    [InlineData("indices")]
    public void We_load_the_file_of_PyTorch_and_compute_the_same(string net) => Check(net, "1.25");

    /// <summary>PyTorch loads our weights unchanged, multiplies them, saves them and prints its outputs.</summary>
    private static void Check(string net, string factor)
    {
        using TemporaryFolder folder = new();
        Func<long, Sequential<float>> make = net == "images" ? Nets.OfImages<float> : net == "indices" ? Nets.OfIndices<float> : Nets.Every<float>;
        Sequential<float> ours = make(1), back = make(2);
        Matrix<float> x = net == "indices" ? Nets.Indices<float>(7) : Nets.Samples<float>(7, ours.InputColumns!.Value, seed: 3);
        Weights.Save(ours, folder["ours"]);
        string[] outputs = PyTorch.Run(Script, folder["ours"], folder["theirs"], factor, string.Join(' ', x.ToRowMajorArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture))), net);
        Weights.Load(back, folder["theirs"]);
        back.UseEvaluationMode();
        float[] expected = [.. outputs.Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
        float[] actual = Nets.Output(back, x).ToRowMajorArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6 * Math.Max(1, Math.Abs(expected[i])));
    }
}
