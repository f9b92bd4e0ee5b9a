using System.Globalization;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Tests.Formats;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

/// <summary>Random shapes and options beside PyTorch, in double: values and gradients, where python3 has torch.</summary>
public sealed class ConvolutionPyTorchTests
{
    // A case is a line of numbers: what it is, its options, then x, weight, bias and the cotangent in PyTorch's order. Out come y and the gradients.
    private const string Script =
        """
        import os, sys, torch
        import torch.nn.functional as F
        def take(values, *shape):
            n = 1
            for side in shape: n *= side
            out = torch.tensor([next(values) for _ in range(n)], dtype=torch.float64).reshape(shape)
            return out.requires_grad_()
        for line in open(sys.argv[1]):
            words = line.split()
            kind, (n, c, h, w, k, kh, kw, sh, sw, ph, pw, dh, dw, g) = words[0], map(int, words[1:15])
            values = iter(map(float, words[15:]))
            x = take(values, n, c, h, w)
            inputs = [x]
            if kind == "conv":
                inputs += [take(values, k, c // g, kh, kw), take(values, k)]
                y = F.conv2d(*inputs, (sh, sw), (ph, pw), (dh, dw), g)
            elif kind == "max":
                y = F.max_pool2d(x, (kh, kw), (sh, sw), (ph, pw), (dh, dw))
            else:
                y = F.avg_pool2d(x, (kh, kw), (sh, sw), (ph, pw), count_include_pad=kind == "average")
            dy = take(values, *y.shape)
            for result in [y, *torch.autograd.grad(y, inputs, dy)]:
                print(" ".join(repr(v) for v in result.flatten().tolist()), end=" ")
        sys.stdout.flush()
        os._exit(0)
        """;

    [Fact]
    public void Convolution_and_pooling_have_PyTorchs_values_and_gradients()
    {
        using TemporaryFolder folder = new();
        RandomSource random = new(20);
        Case[] cases = [.. Enumerable.Range(0, 240).Select(i => Case.Draw(random, i))];
        File.WriteAllLines(folder["cases"], cases.Select(@case => @case.Line));
        string[] words = PyTorch.Run(Script, folder["cases"]);
        int place = 0;
        foreach (Case @case in cases)
        {
            foreach (double actual in @case.Results())
            {
                double expected = double.Parse(words[place++], CultureInfo.InvariantCulture);
                Assert.True(Math.Abs(expected - actual) <= 1e-12 * (10 + Math.Abs(expected)), $"{@case}: {actual:R}, PyTorch has {expected:R}");
            }
        }

        Assert.Equal(words.Length, place);
    }

    private sealed record Case(string Kind, int Rows, ConvolutionShape? Convolution, PoolingShape? Pool, Matrix<double>[] Inputs, Matrix<double> Cotangent)
    {
        public string Line
        {
            get
            {
                ImageShape image = Convolution?.Input ?? Pool!.Input;
                Size2D[] sizes = Convolution is { } conv ? [conv.Kernel, conv.Stride, conv.Padding, conv.Dilation] : [Pool!.Kernel, Pool.Stride, Pool.Padding, Pool.Dilation];
                int[] options =
                [
                    Rows, image.Channels, image.Height, image.Width, Convolution?.Output.Channels ?? image.Channels, .. sizes.SelectMany(size => new[] { size.Height, size.Width }), Convolution?.Groups ?? 1,
                ];
                IEnumerable<double> numbers = [.. Inputs[0].ToRowMajorArray(), .. Inputs.Skip(1).SelectMany(input => input.ToColumnMajorArray()), .. Cotangent.ToRowMajorArray()];
                return $"{Kind} {string.Join(' ', options)} {string.Join(' ', numbers.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}";
            }
        }

        public static Case Draw(RandomSource random, int index)
        {
            while (true)
            {
                try
                {
                    return DrawOnce(random, index);
                }
                catch (ArgumentException)
                {
                    // The window does not fit the image.
                }
            }
        }

        /// <summary>y and the gradients, as PyTorch orders them.</summary>
        public IEnumerable<double> Results()
        {
            using Tape<double> tape = new();
            Variable<double>[] x = [.. Inputs.Select(tape.Variable)];
            Variable<double> y = Kind switch
            {
                "conv" => x[0].Conv2D(x[1], x[2], Convolution!),
                "max" => x[0].MaxPool2D(Pool!),
                _ => x[0].AveragePool2D(Pool!, countPadding: Kind == "average"),
            };
            Gradients<double> gradients = tape.Gradients(y, x, cotangent: tape.Constant(Cotangent));
            return [.. y.Value.ToRowMajorArray(), .. gradients[0].Value.ToRowMajorArray(), .. Enumerable.Range(1, x.Length - 1).SelectMany(i => gradients[i].Value.ToColumnMajorArray())];
        }

        public override string ToString() => $"{Kind} {(object?)Convolution ?? Pool} of {Rows} samples";

        private static Case DrawOnce(RandomSource random, int index)
        {
            string kind = new[] { "conv", "conv", "max", "average", "average-inside" }[index % 5];
            bool ties = index % 2 == 0;
            int rows = index % 4 == 0 ? 1 + random.NextInt(40) : 1 + random.NextInt(4), groups = 1 + random.NextInt(2), wide = index % 3 == 0 ? 20 : 3;
            ImageShape image = new(groups * (1 + random.NextInt(wide)), 1 + random.NextInt(7), 1 + random.NextInt(7));
            Size2D kernel = Size(random, 1, 3), stride = Size(random, 1, 3), padding = Size(random, 0, 2), dilation = Size(random, 1, 2);
            if (kind == "conv")
            {
                ConvolutionShape shape = new(image, groups * (1 + random.NextInt(wide)), kernel, stride, padding, dilation, groups);
                Matrix<double>[] inputs = [Numbers(rows, image.Columns, random, ties), Numbers(shape.WeightRows, shape.Output.Channels, random, ties), Numbers(1, shape.Output.Channels, random, ties)];
                return new(kind, rows, shape, null, inputs, Numbers(rows, shape.Output.Columns, random, ties));
            }

            PoolingShape pool = new(image, kernel, stride, padding, kind == "max" ? dilation : 1);
            return new(kind, rows, null, pool, [Numbers(rows, image.Columns, random, ties)], Numbers(rows, pool.Output.Columns, random, ties));
        }

        private static Size2D Size(RandomSource random, int least, int most) => new(least + random.NextInt(most - least + 1), least + random.NextInt(most - least + 1));

        /// <summary>Numbers of every size, or few different ones, so that windows have ties.</summary>
        private static Matrix<double> Numbers(int rows, int columns, RandomSource random, bool ties) =>
            Matrix<double>.Build.Dense(rows, columns, (_, _) => ties ? random.NextInt(3) - 1 : random.NextNormal());
    }
}
