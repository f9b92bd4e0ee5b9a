using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>A convolution, Y, and its two gradients; each is linear in both of its arguments.</summary>
internal static unsafe class ConvolutionKernels
{
    // Fewer input channels fill too little of a product's tile.
    private const int FewChannels = 16;

    /// <summary>Y[q] = Σ X[p] · W[tap] + b over the taps of place q.</summary>
    public static void Forward<T>(Matrix<T> x, Matrix<T> weight, Matrix<T>? bias, Matrix<T> y, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Sum<T, float>(x, weight, bias, y, shape, toPixels: false);
        else
            Sum<T, double>(x, weight, bias, y, shape, toPixels: false);
    }

    /// <summary>dX[p] = Σ dY[q] · W[tap]ᵀ over the places q whose window reads pixel p.</summary>
    public static void InputGradient<T>(Matrix<T> dy, Matrix<T> weight, Matrix<T> dx, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Sum<T, float>(dy, weight, null, dx, shape, toPixels: true);
        else
            Sum<T, double>(dy, weight, null, dx, shape, toPixels: true);
    }

    /// <summary>dW[tap] = Σ X[p]ᵀ · dY[q] over the pairs that the tap joins.</summary>
    public static void WeightGradient<T>(Matrix<T> x, Matrix<T> dy, Matrix<T> dw, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Product<T, float>(x, dy, dw, shape);
        else
            Product<T, double>(x, dy, dw, shape);
    }

    private static void Sum<T, TExact>(Matrix<T> source, Matrix<T> weight, Matrix<T>? bias, Matrix<T> target, ConvolutionShape shape, bool toPixels)
        where T : struct, IFloatingPointIeee754<T>
        where TExact : unmanaged, IFloatingPointIeee754<TExact>
    {
        fixed (TExact* from = Exact<T, TExact>(source), weights = Exact<T, TExact>(weight), to = Exact<T, TExact>(target))
        fixed (TExact* biases = bias is null ? default : Exact<T, TExact>(bias))
        {
            (ImageShape sources, ImageShape targets) = toPixels ? (shape.Output, shape.Input) : (shape.Input, shape.Output);
            TapSumProblem<TExact> problem = new()
            {
                Batch = source.RowCount,
                Source = from,
                Target = to,
                SourceChannels = sources.Channels / shape.Groups,
                TargetChannels = targets.Channels / shape.Groups,
                SourceWidth = sources.Width,
                SourcePixels = sources.Pixels,
                TargetPixels = targets.Pixels,
                Groups = shape.Groups,
                Rows = toPixels ? shape.PixelRows : shape.PlaceRows,
                Columns = toPixels ? shape.PixelColumns : shape.PlaceColumns,
                Kernel = shape.Kernel,
                Weights = weights,
                Bias = biases,
                SourceStride = toPixels ? shape.WeightRows : shape.Taps2D,
                TargetStride = toPixels ? shape.Taps2D : shape.WeightRows,
            };
            if (InstructionSets.Best == InstructionSet.Avx512)
                TapSum<TExact, Vector512<TExact>, Simd512<TExact>>.Compute(problem, Compute.Threads);
            else if (InstructionSets.Best == InstructionSet.Avx2)
                TapSum<TExact, Vector256<TExact>, Simd256<TExact>>.Compute(problem, Compute.Threads);
            else
                TapSum<TExact, System.Numerics.Vector<TExact>, SimdPortable<TExact>>.Compute(problem, Compute.Threads);
        }
    }

    private static void Product<T, TExact>(Matrix<T> x, Matrix<T> dy, Matrix<T> dw, ConvolutionShape shape)
        where T : struct, IFloatingPointIeee754<T>
        where TExact : unmanaged, IFloatingPointIeee754<TExact>
    {
        fixed (TExact* input = Exact<T, TExact>(x), output = Exact<T, TExact>(dy), weights = Exact<T, TExact>(dw))
        {
            TapProductProblem<TExact> problem = new() { Batch = x.RowCount, Input = input, Output = output, Weights = weights, Shape = shape };
            if (InstructionSets.Best == InstructionSet.Avx512)
                Product<TExact, Vector512<TExact>, Simd512<TExact>>(problem);
            else if (InstructionSets.Best == InstructionSet.Avx2)
                Product<TExact, Vector256<TExact>, Simd256<TExact>>(problem);
            else
                Product<TExact, System.Numerics.Vector<TExact>, SimdPortable<TExact>>(problem);
        }
    }

    private static void Product<T, TVector, TSimd>(in TapProductProblem<T> problem)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<T, TVector>
    {
        if (problem.InputChannels < FewChannels)
            TapDots<T, TVector, TSimd>.Compute(problem, Compute.Threads);
        else
            TapProduct<T, TVector, TSimd>.Compute(problem, Compute.Threads);
    }

    private static Span<TExact> Exact<T, TExact>(Matrix<T> matrix)
        where T : struct, IFloatingPointIeee754<T>
        where TExact : struct => MemoryMarshal.Cast<T, TExact>(matrix.Data().AsSpan());
}
