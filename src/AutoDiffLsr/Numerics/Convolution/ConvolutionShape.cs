namespace AutoDiffLsr.Numerics;

/// <summary>
/// What a two-dimensional convolution does to the sizes: the image that it takes, the one that it gives, and how its kernel moves. Made once, used for every
/// batch.
/// </summary>
public sealed class ConvolutionShape
{
    /// <summary>The shape of a convolution, with the arguments of PyTorch's <c>Conv2d</c>.</summary>
    /// <param name="input">The image that it takes, C x H x W.</param>
    /// <param name="outputChannels">K, the channels that it gives.</param>
    /// <param name="kernel">The size of the kernel: one number, or (height, width).</param>
    /// <param name="stride">The step of the kernel; 1 by default.</param>
    /// <param name="padding">The border of zeros on each side.</param>
    /// <param name="dilation">The distance of two pixels that the kernel reads; 1 by default.</param>
    /// <param name="groups">Into how many groups the channels fall, each convolved on its own; must divide both C and K.</param>
    /// <exception cref="ArgumentException">A number is out of range, the kernel does not fit the image, or the groups do not divide the channels.</exception>
    public ConvolutionShape(ImageShape input, int outputChannels, Size2D kernel, Size2D? stride = null, Size2D? padding = null, Size2D? dilation = null, int groups = 1)
    {
        Input = input.Checked(nameof(input));
        ArgumentOutOfRangeException.ThrowIfLessThan(outputChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (input.Channels % groups != 0 || outputChannels % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {input.Channels} input and {outputChannels} output channels.", nameof(groups));
        (Window, Groups) = (new Window(kernel, stride ?? 1, padding ?? 0, dilation ?? 1), groups);
        Size2D places = Window.Places(input);
        Output = new ImageShape(outputChannels, places.Height, places.Width).Checked(nameof(outputChannels));
        if ((long)Window.Taps * (input.Channels / groups) * outputChannels > int.MaxValue)
            throw new ArgumentException($"A kernel of {kernel} for {input.Channels / groups} input and {outputChannels} output channels has more weights than a matrix can hold.", nameof(kernel));
        (PlaceRows, PixelRows) = Taps(places.Height, input.Height, kernel.Height, Stride.Height, Padding.Height, Dilation.Height);
        (PlaceColumns, PixelColumns) = Taps(places.Width, input.Width, kernel.Width, Stride.Width, Padding.Width, Dilation.Width);
    }

    /// <summary>The image that it takes, C x H x W.</summary>
    public ImageShape Input { get; }

    /// <summary>The image that it gives, K x H' x W' with H' = ⌊(H + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1.</summary>
    public ImageShape Output { get; }

    /// <summary>The size of the kernel.</summary>
    public Size2D Kernel => Window.Kernel;

    /// <summary>The step of the kernel.</summary>
    public Size2D Stride => Window.Stride;

    /// <summary>The border of zeros on each side.</summary>
    public Size2D Padding => Window.Padding;

    /// <summary>The distance of two pixels that the kernel reads.</summary>
    public Size2D Dilation => Window.Dilation;

    /// <summary>Into how many groups the channels fall.</summary>
    public int Groups { get; }

    /// <summary>
    /// The rows of the weight matrix, (C / groups)·kernel height·kernel width. It has K columns, each the kernel of one output channel as PyTorch stores it, so
    /// the memory is that of <c>Conv2d.weight</c>.
    /// </summary>
    public int WeightRows => Input.Channels / Groups * Taps2D;

    internal Window Window { get; }

    internal int Taps2D => Window.Taps;

    /// <summary>The output's rows as targets of the input's.</summary>
    internal AxisTaps PlaceRows { get; }

    internal AxisTaps PlaceColumns { get; }

    /// <summary>The input's rows as targets of the output's.</summary>
    internal AxisTaps PixelRows { get; }

    internal AxisTaps PixelColumns { get; }

    /// <summary>"3x32x32 -> 64x16x16, kernel 3, stride 2, padding 1".</summary>
    public override string ToString() => $"{Input} -> {Output}, kernel {Window.Side(Kernel)}{Window}{(Groups == 1 ? "" : $", groups {Groups}")}";

    private static (AxisTaps Places, AxisTaps Pixels) Taps(int places, int size, int kernel, int stride, int padding, int dilation) =>
        (AxisTaps.OfPlaces(places, size, kernel, stride, padding, dilation), AxisTaps.OfPixels(places, size, kernel, stride, padding, dilation));
}
