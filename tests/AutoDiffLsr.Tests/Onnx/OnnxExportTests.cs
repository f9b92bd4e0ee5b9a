using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Onnx;
using AutoDiffLsr.Tests.Formats;
using AutoDiffLsr.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Onnx;

public sealed class OnnxExportTests
{
    /// <summary>A normalization of numbers that are nearly equal makes rounding large: where float itself is not right to 1e-5, neither is asked to be.</summary>
    [Property(MaxTest = 100)]
    public Property ONNX_Runtime_computes_what_we_compute_in_float() => Prop.ForAll(NetPlan.Arbitrary, plan => Difference<float>(plan) <= 1e-5 + (4 * ErrorOfFloat(plan)));

    /// <summary>An epsilon is a float in ONNX, and the error function of a GELU is taken in float: without those, double is double.</summary>
    [Property(MaxTest = 100)]
    public Property ONNX_Runtime_computes_what_we_compute_in_double() =>
        Prop.ForAll(NetPlan.Arbitrary, plan => Difference<double>(plan) <= (plan.HasEpsilonOrErrorFunction ? 1e-5 : 1e-12));

    [Fact]
    public void A_net_of_every_layer_has_equal_outputs_for_batches_of_any_size()
    {
        Check<float>(1e-6);
        Check<double>(1e-6);

        static void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Model<T> model = new(Nets.Every<T>(seed: 1));
            byte[] file = Export(model, softmax: true);
            foreach (int rows in new[] { 1, 2, 33 })
            {
                Matrix<T> x = Nets.Samples<T>(rows, 4, seed: rows);
                Assert.InRange(Difference(model.Probabilities(x), OnnxRuntimeModel.Run(file, x)), 0, tolerance);
            }
        }
    }

    [Fact]
    public void A_file_is_written_whole()
    {
        using TemporaryFolder folder = new();
        Model<float> model = new(Nets.Every<float>(seed: 1));
        OnnxExport.Save(model, folder["m.onnx"]);
        Assert.Equal(Export(model, softmax: false), File.ReadAllBytes(folder["m.onnx"]));
        Assert.Throws<ModelFileException>(() => OnnxExport.Save(model, folder["none/m.onnx"]));
    }

    [Fact]
    public void A_layer_of_your_own_is_refused_by_its_place()
    {
        Model<float> model = new(new Sequential<float>(new Dense<float>(2, 2, new RandomSource(1)), new Negating()));
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Export(model, softmax: false));
        Assert.Equal("Layer 1 (negates) is a Negating: only layers of the library can be exported to ONNX.", error.Message);
    }

    internal static byte[] Export(Model model, bool softmax)
    {
        using MemoryStream stream = new();
        OnnxExport.Write(model, stream, softmax);
        return stream.ToArray();
    }

    /// <summary>The largest difference, relative to outputs larger than 1.</summary>
    internal static double Difference<T>(Matrix<T> expected, Matrix<T> actual)
        where T : struct, IFloatingPointIeee754<T>
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        return expected.Enumerate().Zip(actual.Enumerate(), (e, a) => Math.Abs(double.CreateChecked(e - a)) / Math.Max(1, Math.Abs(double.CreateChecked(e)))).Max();
    }

    private static double ErrorOfFloat(NetPlan plan)
    {
        using TemporaryFolder folder = new();
        Model<float> model = plan.Make<float>();
        model.Save(folder["m"]);
        Matrix<float> x = plan.Samples<float>();
        Matrix<double> exact = Outputs(Model.Load<double>(folder["m"]), x.Map(value => (double)value));
        return Difference(exact, Outputs(model, x).Map(value => (double)value));
    }

    private static double Difference<T>(NetPlan plan)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Model<T> model = plan.Make<T>();
        Matrix<T> x = plan.Samples<T>();
        return Difference(plan.Softmax ? model.Probabilities(x) : Outputs(model, x), OnnxRuntimeModel.Run(Export(model, plan.Softmax), x));
    }

    internal static Matrix<T> Outputs<T>(Model<T> model, Matrix<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] outputs = new T[x.RowCount * model.Classes];
        model.Outputs(x.ToRowMajorArray(), outputs);
        return Matrix<T>.Build.DenseOfRowMajor(x.RowCount, model.Classes, outputs);
    }

    private sealed class Negating : Layer<float>
    {
        public override string Description => "negates";

        public override Variable<float> Forward(Variable<float> x) => x;
    }
}
