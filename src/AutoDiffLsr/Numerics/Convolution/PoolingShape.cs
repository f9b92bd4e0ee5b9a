namespace AutoDiffLsr.Numerics;

/// <summary>What pooling does to the sizes: the image that it takes, the one that it gives, and how its window moves. Made once, used for every batch.</summary>
public sealed class PoolingShape
{
    /// <summary>The shape of a pooling, with the arguments of PyTorch's <c>MaxPool2d</c> and <c>AvgPool2d</c>.</summary>
    /// <param name="input">The image that it takes, C x H x W.</param>
    /// <param name="kernel">The size of the window: one number, or (height, width).</param>
    /// <param name="stride">The step of the window; by default its size, so that windows touch.</param>
    /// <param name="padding">The border on each side, at most half the window, so that every window meets a pixel.</param>
    /// <param name="dilation">The distance of two pixels that the window reads; 1 by default.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the window does not fit the image.</exception>
    public PoolingShape(ImageShape input, Size2D kernel, Size2D? stride = null, Size2D? padding = null, Size2D? dilation = null)
    {
        Input = input.Checked(nameof(input));
        Window = new Window(kernel, stride ?? kernel, padding ?? 0, dilation ?? 1);
        Size2D places = Window.Places(input);
        if (Padding.Height > Kernel.Height / 2 || Padding.Width > Kernel.Width / 2)
            throw new ArgumentException($"A padding of {Padding} is more than half the window of {Kernel}.", nameof(padding));
        Output = new ImageShape(input.Channels, places.Height, places.Width).Checked(nameof(padding));
        Rows = AxisTaps.OfPlaces(places.Height, input.Height, kernel.Height, Stride.Height, Padding.Height, Dilation.Height);
        Columns = AxisTaps.OfPlaces(places.Width, input.Width, kernel.Width, Stride.Width, Padding.Width, Dilation.Width);
        if (!Rows.AllAreReached || !Columns.AllAreReached)
            throw new ArgumentException($"A window of {kernel} with padding {Padding} and dilation {Dilation} meets no pixel of {input} at some place.", nameof(dilation));
    }

    /// <summary>The image that it takes, C x H x W.</summary>
    public ImageShape Input { get; }

    /// <summary>The image that it gives, C x H' x W' with H' = ⌊(H + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1.</summary>
    public ImageShape Output { get; }

    /// <summary>The size of the window.</summary>
    public Size2D Kernel => Window.Kernel;

    /// <summary>The step of the window.</summary>
    public Size2D Stride => Window.Stride;

    /// <summary>The border on each side.</summary>
    public Size2D Padding => Window.Padding;

    /// <summary>The distance of two pixels that the window reads.</summary>
    public Size2D Dilation => Window.Dilation;

    internal Window Window { get; }

    /// <summary>The pixels that each row and each column of places reads.</summary>
    internal AxisTaps Rows { get; }

    internal AxisTaps Columns { get; }

    /// <summary>Whether no pixel is read by two windows.</summary>
    internal bool IsDisjoint => Dilation == 1 && Stride.Height >= Kernel.Height && Stride.Width >= Kernel.Width;

    /// <summary>"64x16x16 -> 64x8x8, window 2".</summary>
    public override string ToString() => $"{Input} -> {Output}, window {Window.Side(Kernel)}{(Stride == Kernel ? Window with { Stride = 1 } : Window)}";
}
