using System.Globalization;
using System.Numerics;
using System.Text.Json;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Loss;

/// <summary>What the loss command answers.</summary>
/// <param name="Losses">The loss, or one for each row.</param>
/// <param name="IsPerRow">Whether the losses were left unreduced.</param>
/// <param name="Gradient">N x C, with respect to the logits.</param>
internal sealed record LossAndGradient<T>(T[] Losses, bool IsPerRow, Matrix<T> Gradient)
    where T : struct, IFloatingPointIeee754<T>
{
    public static LossAndGradient<T> Compute(LossInput<T> input, ClassificationLoss loss)
    {
        using Tape<T> tape = new();
        Variable<T> logits = tape.Variable(input.Logits);
        Variable<T> value = loss.Compute(logits, input.Labels);

        // Ones as cotangent: row i of the gradient is then that of the loss of row i, since no row's loss depends on another row.
        Variable<T> gradient = tape.Gradient(value, logits, cotangent: tape.Constant(value.Shape, T.One));
        return new LossAndGradient<T>(value.Value.ToColumnMajorArray(), loss.Reduction == Reduction.None, gradient.Value.Clone());
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("loss");
        if (IsPerRow)
            WriteArray(writer, Losses);
        else
            writer.Write(Losses[0]);
        writer.WriteStartArray("gradient");
        foreach (var row in Gradient.EnumerateRows())
            WriteArray(writer, row);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public void WriteText(TextWriter writer)
    {
        writer.WriteLine("loss");
        foreach (T loss in Losses)
            writer.WriteLine(Text(loss));
        writer.WriteLine("gradient");
        foreach (var row in Gradient.EnumerateRows())
            writer.WriteLine(string.Join(',', row.Select(Text)));
    }

    private static string Text(T value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void WriteArray(Utf8JsonWriter writer, IEnumerable<T> values)
    {
        writer.WriteStartArray();
        foreach (T value in values)
            writer.Write(value);
        writer.WriteEndArray();
    }
}
