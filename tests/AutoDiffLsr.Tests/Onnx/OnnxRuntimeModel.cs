using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML.OnnxRuntime;

namespace AutoDiffLsr.Tests.Onnx;

/// <summary>ONNX Runtime on a file in memory: the judge of what is exported.</summary>
internal static class OnnxRuntimeModel
{
    /// <summary>The output for a batch.</summary>
    /// <param name="file">The file.</param>
    /// <param name="x">N x F.</param>
    /// <param name="sample">The shape of a sample where it is no row.</param>
    /// <returns>N x C.</returns>
    public static Matrix<T> Run<T>(byte[] file, Matrix<T> x, params ReadOnlySpan<long> sample)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long[] shape = sample.IsEmpty ? [x.RowCount, x.ColumnCount] : [x.RowCount, .. sample];
        using InferenceSession session = new(file);
        using RunOptions options = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x.ToRowMajorArray(), shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, session.InputNames, [input], session.OutputNames);
        ReadOnlySpan<T> values = outputs[0].GetTensorDataAsSpan<T>();
        return Matrix<T>.Build.DenseOfRowMajor(x.RowCount, values.Length / x.RowCount, values.ToArray());
    }
}
