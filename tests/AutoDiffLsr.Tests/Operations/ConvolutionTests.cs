using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Operations;

public sealed class ConvolutionTests
{
    /// <summary>Few and many channels, widths with and without a rest, one piece of the sum and several, whole vectors of samples and some left over.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int> Sizes => new()
    {
        // batch, channels, side, output channels, kernel, stride, padding, groups
        { 128, 1, 9, 6, 5, 1, 2, 1 },
        { 37, 3, 8, 20, 3, 2, 1, 1 },
        { 64, 20, 6, 19, 3, 1, 1, 1 },
        { 33, 70, 4, 24, 3, 1, 1, 1 },
        { 17, 300, 3, 9, 2, 1, 0, 1 },
        { 1, 3, 20, 8, 3, 1, 1, 1 },
        { 5, 12, 7, 24, 3, 1, 1, 4 },
        { 48, 16, 5, 16, 3, 1, 1, 16 },
        { 3, 2, 2, 3, 1, 1, 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_three_operations_have_one_trilinear_form_in_float_and_double(int batch, int channels, int side, int outputs, int kernel, int stride, int padding, int groups)
    {
        ConvolutionShape shape = new(new ImageShape(channels, side, side), outputs, kernel, stride, padding, groups: groups);
        double expected = ByDefinition(shape, Number<double>(batch, shape.Input.Columns, 1), Number<double>(shape.WeightRows, outputs, 2), Number<double>(batch, shape.Output.Columns, 3), out double size);
        Check<double>(1e-14);
        Check<float>(1e-5);

        // <dY, X * W> = <dY * Wᵀ, X> = <X * dY, W>
        void Check<T>(double unit)
            where T : struct, IFloatingPointIeee754<T>
        {
            using Tape<T> tape = new();
            Variable<T> x = tape.Constant(Number<T>(batch, shape.Input.Columns, 1)), w = tape.Constant(Number<T>(shape.WeightRows, outputs, 2)), dy = tape.Constant(Number<T>(batch, shape.Output.Columns, 3));
            foreach ((Variable<T> Left, Variable<T> Right) pair in new[] { (x.Conv2D(w, shape), dy), (dy.Conv2DInputGradient(w, shape), x), (x.Conv2DWeightGradient(dy, shape), w) })
            {
                double sum = pair.Left.Value.Enumerate().Zip(pair.Right.Value.Enumerate(), (a, b) => double.CreateChecked(a) * double.CreateChecked(b)).Sum();
                Assert.Equal(expected, sum, unit * size);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_number_of_threads_gives_the_same_bits(int batch, int channels, int side, int outputs, int kernel, int stride, int padding, int groups)
    {
        int before = Compute.Threads;
        ConvolutionShape shape = new(new ImageShape(channels, side, side), outputs, kernel, stride, padding, groups: groups);
        try
        {
            Matrix<float>[] alone = Run(1);
            foreach (int threads in new[] { 2, 3, 7 })
            {
                Matrix<float>[] shared = Run(threads);
                for (int i = 0; i < alone.Length; i++)
                    Assert.Equal(alone[i].ToColumnMajorArray(), shared[i].ToColumnMajorArray());
            }
        }
        finally
        {
            Compute.Threads = before;
        }

        Matrix<float>[] Run(int threads)
        {
            Compute.Threads = threads;
            using Tape<float> tape = new();
            Variable<float> x = tape.Variable(Number<float>(batch, shape.Input.Columns, 1)), w = tape.Variable(Number<float>(shape.WeightRows, outputs, 2));
            Variable<float> y = x.Conv2D(w, shape);
            Gradients<float> gradients = tape.Gradients(y.Square().Sum(), [x, w]);
            return [y.Value.Clone(), gradients[0].Value.Clone(), gradients[1].Value.Clone()];
        }
    }

    [Fact]
    public void A_sample_has_the_bits_that_it_has_alone()
    {
        ConvolutionShape shape = new(new ImageShape(3, 9, 11), outputChannels: 21, kernel: 3, padding: 1);
        Matrix<float> x = Number<float>(50, shape.Input.Columns, 1), w = Number<float>(shape.WeightRows, 21, 2);
        using Tape<float> tape = new();
        Matrix<float> together = tape.Constant(x).Conv2D(tape.Constant(w), shape).Value;
        foreach (int row in new[] { 0, 31, 49 })
            Assert.Equal(together.Row(row).ToArray(), tape.Constant(x.SubMatrix(row, 1, 0, x.ColumnCount)).Conv2D(tape.Constant(w), shape).Value.Row(0).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(53)]
    public void The_first_largest_number_wins_and_NaN_beats_all(int batch)
    {
        PoolingShape shape = new(new ImageShape(1, 2, 4), kernel: 2);
        using Tape<float> tape = new();
        float[] pixels = [1, 3, float.NaN, 5, 3, 3, 9, float.NaN];
        Matrix<float> values = Matrix<float>.Build.Dense(batch, 8, (_, column) => pixels[column]);
        Variable<float> x = tape.Variable(values);
        Variable<float> y = x.MaxPool2D(shape);
        Matrix<float> gradient = tape.Gradient(y, x, cotangent: tape.Constant(new Shape(batch, 2), 1f)).Value;
        for (int row = 0; row < batch; row++)
        {
            Assert.Equal([3, float.NaN], y.Value.Row(row).ToArray());
            Assert.Equal([0, 1, 0, 0, 0, 0, 0, 1], gradient.Row(row).ToArray());
        }
    }

    [Fact]
    public void A_thousand_steps_allocate_nothing()
    {
        ConvolutionShape convolution = new(new ImageShape(3, 8, 8), outputChannels: 5, kernel: 3, padding: 1), second = new(new ImageShape(5, 4, 4), outputChannels: 17, kernel: 3);
        PoolingShape pool = new(convolution.Output, kernel: 2), average = new(second.Output, kernel: 2, stride: 1);
        Matrix<float> x = Number<float>(20, convolution.Input.Columns, 1);
        Parameter<float>[] parameters = [new("a", Number<float>(convolution.WeightRows, 5, 2)), new("bias", Number<float>(1, 5, 3)), new("b", Number<float>(second.WeightRows, 17, 4))];
        using Tape<float> tape = new();
        Run(30);
        Assert.Equal(0, Allocations.Of(() => Run(1000), times: 1));

        void Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                tape.Reset();
                Variable<float> hidden = tape.Constant(x).Conv2D(tape.Parameter(parameters[0]), tape.Parameter(parameters[1]), convolution).Relu().MaxPool2D(pool);
                tape.Gradients(hidden.Conv2D(tape.Parameter(parameters[2]), second).AveragePool2D(average).Square().Sum(), parameters);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Contains("A kernel of 5x5 is larger than the image of 3x3", () => new ConvolutionShape(new ImageShape(1, 3, 3), 1, kernel: 5));
        Contains("3 groups do not divide 4 input and 6 output channels", () => new ConvolutionShape(new ImageShape(4, 3, 3), 6, kernel: 3, groups: 3));
        Contains("The stride is 0x0; at least 1 is needed", () => new ConvolutionShape(new ImageShape(1, 3, 3), 1, kernel: 3, stride: 0));
        Contains("A padding of 2x2 is more than half the window of 3x3", () => new PoolingShape(new ImageShape(1, 3, 3), kernel: 3, padding: 2));
        Contains("An image of 0x3x3 is none", () => new PoolingShape(new ImageShape(0, 3, 3), kernel: 3));
        ConvolutionShape shape = new(new ImageShape(1, 3, 3), 2, kernel: 3);
        using Tape<double> tape = new();
        Contains("'conv2d' takes images of 1x3x3, which are 9 columns, but x is 2x8", () => tape.Constant(new Shape(2, 8), 0.0).Conv2D(tape.Constant(new Shape(9, 2), 0.0), shape));
        Contains("takes a weight of 9x2, not 2x9", () => tape.Constant(new Shape(2, 9), 0.0).Conv2D(tape.Constant(new Shape(2, 9), 0.0), shape));
        Contains("takes a bias of 1x2, not 1x1", () => tape.Constant(new Shape(2, 9), 0.0).Conv2D(tape.Constant(new Shape(9, 2), 0.0), tape.Constant(new Shape(1, 1), 0.0), shape));

        static void Contains(string part, Func<object> make) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_describes_itself()
    {
        Assert.Equal("3x32x32 -> 64x16x16, kernel 3, stride 2, padding 1", new ConvolutionShape(new ImageShape(3, 32, 32), 64, kernel: 3, stride: 2, padding: 1).ToString());
        Assert.Equal("4x5x5 -> 8x5x1, kernel 1x3, dilation 1x2, groups 2", new ConvolutionShape(new ImageShape(4, 5, 5), 8, kernel: (1, 3), dilation: (1, 2), groups: 2).ToString());
        Assert.Equal("64x16x16 -> 64x8x8, window 2", new PoolingShape(new ImageShape(64, 16, 16), kernel: 2).ToString());
    }

    /// <summary>Σ dY[n, k, h, w] · X[n, c, h', w'] · W[k, c, i, j], and the size of its terms.</summary>
    private static double ByDefinition(ConvolutionShape shape, Matrix<double> x, Matrix<double> w, Matrix<double> dy, out double size)
    {
        double sum = 0;
        size = 0;
        int channels = shape.Input.Channels / shape.Groups, outputs = shape.Output.Channels / shape.Groups;
        for (int k = 0; k < shape.Output.Channels; k++)
        {
            for (int place = 0; place < shape.Output.Pixels; place++)
            {
                (int h, int v) = Math.DivRem(place, shape.Output.Width);
                for (int i = 0; i < shape.WeightRows; i++)
                {
                    (int c, int tap) = Math.DivRem(i, shape.Kernel.Height * shape.Kernel.Width);
                    int row = (h * shape.Stride.Height) - shape.Padding.Height + (tap / shape.Kernel.Width), column = (v * shape.Stride.Width) - shape.Padding.Width + (tap % shape.Kernel.Width);
                    if (row < 0 || column < 0 || row >= shape.Input.Height || column >= shape.Input.Width)
                        continue;
                    int pixel = ((((k / outputs * channels) + c) * shape.Input.Height) + row) * shape.Input.Width;
                    double term = w[i, k] * x.Column(pixel + column).DotProduct(dy.Column((k * shape.Output.Pixels) + place));
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }
            }
        }

        return sum;
    }

    private static Matrix<T> Number<T>(int rows, int columns, int seed)
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        return Matrix<T>.Build.Dense(rows, columns, (_, _) => T.CreateChecked((float)random.NextNormal()));
    }
}
