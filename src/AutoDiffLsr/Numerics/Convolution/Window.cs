namespace AutoDiffLsr.Numerics;

/// <summary>How a small window moves over an image: its size, its step, the border that is put around the image, and how far its pixels are apart.</summary>
/// <param name="Kernel">The size of the window, in pixels that it reads.</param>
/// <param name="Stride">The step from one place of the window to the next.</param>
/// <param name="Padding">The border on each of the four sides.</param>
/// <param name="Dilation">The distance of two pixels that the window reads; 1 where they touch.</param>
internal readonly record struct Window(Size2D Kernel, Size2D Stride, Size2D Padding, Size2D Dilation)
{
    private const int LargestKernel = 1024;

    /// <summary>The number of pixels that the window reads.</summary>
    public int Taps => Kernel.Height * Kernel.Width;

    /// <summary>How many places the window has: rows and columns of the output.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or the window is larger than the image with its border.</exception>
    public Size2D Places(ImageShape image)
    {
        Require(Kernel, 1, "kernel");
        if (Kernel.Height > LargestKernel || Kernel.Width > LargestKernel)
            throw new ArgumentException($"The kernel is {Kernel}; at most {LargestKernel} is supported in each direction.");
        Require(Stride, 1, "stride");
        Require(Padding, 0, "padding");
        Require(Dilation, 1, "dilation");
        int height = Places(image.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height);
        int width = Places(image.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width);
        return height > 0 && width > 0 ? new Size2D(height, width) : throw new ArgumentException(
            $"A kernel of {Kernel}{(Dilation == 1 ? "" : $" with dilation {Dilation}")} is larger than the image of {image.Height}x{image.Width}"
            + $"{(Padding == 0 ? "" : $" with padding {Padding}")}.");
    }

    /// <summary>What differs from the least: ", stride 2, padding 1".</summary>
    public override string ToString() => Part("stride", Stride, 1) + Part("padding", Padding, 0) + Part("dilation", Dilation, 1);

    private static string Part(string name, Size2D value, int least) =>
        value == least ? "" : $", {name} {Side(value)}";

    /// <summary>"3" for a square, "3x5" otherwise.</summary>
    public static string Side(Size2D value) => value.Height == value.Width ? $"{value.Height}" : $"{value}";

    private static int Places(long size, long kernel, long stride, long padding, long dilation)
    {
        long free = size + (2 * padding) - (dilation * (kernel - 1)) - 1;
        return free < 0 ? 0 : (int)Math.Min(int.MaxValue, (free / stride) + 1);
    }

    private static void Require(Size2D value, int least, string argument)
    {
        if (value.Height < least || value.Width < least)
            throw new ArgumentOutOfRangeException(argument, $"The {argument} is {value}; at least {least} is needed in both directions.");
    }
}
