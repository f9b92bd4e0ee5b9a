using System.Globalization;
using System.Numerics;
using System.Text;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>A model as a table for people.</summary>
internal static class LayerTable
{
    /// <summary>One line a layer: its place, what it is, the shape that comes out and its number of parameters.</summary>
    public static string Of<T>(Layer<T> model, int? inputColumns)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<string[]> lines = [["layer", "kind", "output", "parameters"]];
        AddLines(model, "", (inputColumns, model.InputImage), lines);
        lines.Add(["total", "", "", Number(model.CountParameters())]);
        return Aligned(lines);
    }

    /// <summary>The lines of one layer, or of all in a Sequential; gives the columns and the image that come out, as far as known.</summary>
    private static (int? Columns, ImageShape? Image) AddLines<T>(Layer<T> layer, string path, (int? Columns, ImageShape? Image) input, List<string[]> lines)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (layer is Sequential<T> sequential)
        {
            (int? Columns, ImageShape? Image) between = input;
            for (int i = 0; i < sequential.Count; i++)
                between = AddLines(sequential[i], path.Length == 0 ? $"{i}" : $"{path}.{i}", between, lines);
            return between;
        }

        int? columns = (input.Columns ?? layer.InputColumns) is { } known ? layer.OutputColumns(known) : null;
        ImageShape? image = layer.OutputImage(input.Image ?? layer.InputImage);
        lines.Add([path, layer.Description, Output(columns, image), Number(layer.CountParameters())]);
        return (columns, image);
    }

    private static string Output(int? columns, ImageShape? image) => columns is { } known ? $"N x {known}{(image is { } size ? $" ({size})" : "")}" : "as input";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Text to the left, numbers to the right.</summary>
    private static string Aligned(List<string[]> lines)
    {
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        StringBuilder text = new();
        foreach (string[] line in lines)
        {
            string left = string.Join("  ", line[..^1].Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(left).Append("  ").Append(line[^1].PadLeft(widths[^1])).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
