using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The gradient of a convolution for its weights: for each tap, the C x K matrix dW[tap] = Σ X[p]ᵀ · dY[q] over the pairs of pixel p and place q where the
/// tap joins the two.
/// </summary>
internal unsafe struct TapProductProblem<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal int Batch;

    /// <summary>X, N x (C·H·W).</summary>
    internal T* Input;

    /// <summary>dY, N x (K·H'·W').</summary>
    internal T* Output;

    /// <summary>dW, in PyTorch's order.</summary>
    internal T* Weights;

    internal ConvolutionShape Shape;

    internal readonly int InputChannels => Shape.Input.Channels / Shape.Groups;

    internal readonly int OutputChannels => Shape.Output.Channels / Shape.Groups;
}

/// <summary>Computes a <see cref="TapProductProblem{T}"/>, one tap at a time, by products whose inner direction is the batch and the neighbouring pixels of a row.</summary>
internal sealed unsafe class TapProduct<T, TVector, TSimd> : SharedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    [ThreadStatic]
    private static TapProduct<T, TVector, TSimd>? ofThisThread;

    [ThreadStatic]
    private static T[]? sumsOfThisThread;

    private TapProductProblem<T> problem;

    /// <summary>Computes all of dW.</summary>
    internal static void Compute(in TapProductProblem<T> problem, int threads)
    {
        TapProduct<T, TVector, TSimd> work = ofThisThread ??= new();
        work.problem = problem;
        long multiplications = (long)problem.Batch * problem.Shape.Output.Columns * problem.Shape.WeightRows;
        work.Run(problem.Shape.Groups * problem.Shape.Taps2D, multiplications >= Gemm.ShareFrom ? threads : 1);
    }

    /// <inheritdoc/>
    protected override void RunPart(int part)
    {
        (int group, int tap) = Math.DivRem(part, problem.Shape.Taps2D);
        int count = problem.InputChannels * problem.OutputChannels;
        if (sumsOfThisThread is null || sumsOfThisThread.Length < count)
            sumsOfThisThread = GC.AllocateUninitializedArray<T>(count, pinned: true);
        fixed (T* sums = sumsOfThisThread)
        {
            new Span<T>(sums, count).Clear();
            AddRows(group, tap, sums);
            Spread(sums, group, tap);
        }
    }

    private void AddRows(int group, int tap, T* sums)
    {
        (int vertical, int horizontal) = Math.DivRem(tap, problem.Shape.Kernel.Width);
        for (int row = 0; row < problem.Shape.Output.Height; row++)
        {
            int source = SourceOf(problem.Shape.PlaceRows[row], vertical);
            if (source >= 0)
                AddRow(group, source, row, horizontal, sums);
        }
    }

    // Where the stride is 1, the places of a row that the tap joins to a pixel follow one another, and so do the pixels.
    private void AddRow(int group, int pixelRow, int placeRow, int horizontal, T* sums)
    {
        AxisTaps columns = problem.Shape.PlaceColumns;
        int step = problem.Shape.Stride.Width;
        for (int place = 0, length; place < columns.Count; place += length)
        {
            length = 1;
            int pixel = SourceOf(columns[place], horizontal);
            if (pixel < 0)
                continue;
            while (step == 1 && place + length < columns.Count && SourceOf(columns[place + length], horizontal) >= 0)
                length++;
            AddPlaces(group, ((nint)pixelRow * problem.Shape.Input.Width) + pixel, ((nint)placeRow * columns.Count) + place, length, sums);
        }
    }

    private void AddPlaces(int group, nint pixel, nint place, int length, T* sums)
    {
        nint inputStride = (nint)problem.Shape.Input.Pixels * problem.Batch, outputStride = (nint)problem.Shape.Output.Pixels * problem.Batch;
        GemmBlocks<T, TVector, TSimd>.Multiply(new GemmProblem<T>
        {
            Rows = problem.InputChannels,
            Columns = problem.OutputChannels,
            Inner = length * problem.Batch,
            Alpha = T.One,
            Beta = T.One,
            A = new(problem.Input + (group * problem.InputChannels * inputStride) + (pixel * problem.Batch), inputStride, 1),
            B = new(problem.Output + (group * problem.OutputChannels * outputStride) + (place * problem.Batch), outputStride, 1),
            C = sums,
            StrideC = problem.InputChannels,
        });
    }

    // sums is C x K of one tap; in dW, taps stand side by side.
    private void Spread(T* sums, int group, int tap)
    {
        int taps = problem.Shape.Taps2D, count = problem.InputChannels * problem.OutputChannels;
        T* target = problem.Weights + ((nint)group * count * taps) + tap;
        for (int i = 0; i < count; i++, target += taps)
            *target = sums[i];
    }

    private static int SourceOf(ReadOnlySpan<Tap> taps, int index)
    {
        foreach (Tap tap in taps)
        {
            if (tap.Index == index)
                return tap.Source;
        }

        return -1;
    }
}
