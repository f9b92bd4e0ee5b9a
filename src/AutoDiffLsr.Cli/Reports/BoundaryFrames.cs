using System.Globalization;
using System.Text;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Experiments;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>The decision boundary of a net of two features, epoch by epoch, as a film that a script plays; on paper the last picture.</summary>
/// <param name="dataset">What it is trained on.</param>
internal sealed class BoundaryFrames(Dataset<float> dataset)
{
    private const int Side = 360, MostFrames = 40, MostPoints = 600;

    private readonly Matrix<float> samples = dataset.ToMatrix();
    private readonly List<(string Label, DecisionMap Map)> frames = [];
    private int stride = 1, seen;

    /// <summary>Whether a boundary can be drawn.</summary>
    public static bool Suits(Dataset<float> dataset) => dataset.Features == 2;

    /// <summary>Adds a picture of the model as it is. When there are too many, every second one goes.</summary>
    public void Capture(string label, Layer<float> model)
    {
        if (seen++ % stride == 0)
            frames.Add((label, DecisionMap.Of(model, samples)));
        if (frames.Count <= MostFrames)
            return;
        for (int i = frames.Count - 1; i > 0; i -= 2)
            frames.RemoveAt(i);
        stride *= 2;
    }

    /// <summary>Adds the film, which ends with the model as it is now.</summary>
    public void Append(Page page, Layer<float> model)
    {
        frames.Add(("end", DecisionMap.Of(model, samples)));
        page.Heading("Decision boundary").Add(AppendFigure)
            .Note("The colour at a place mixes the classes' colours by their predicted probabilities; the points are training samples.");
    }

    private void AppendFigure(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"charts\"><figure class=\"frames\"><svg viewBox=\"0 0 {Side} {Side}\" role=\"img\" aria-label=\"Decision boundary\">\n");
        foreach ((string label, DecisionMap map) in frames)
        {
            string hidden = label == frames[^1].Label ? "" : " style=\"display:none\"";
            html.Append(
                CultureInfo.InvariantCulture,
                $"<image data-label=\"{Page.Escape(label)}\" width=\"{Side}\" height=\"{Side}\" preserveAspectRatio=\"none\" href=\"{Picture(map)}\"{hidden}/>\n");
        }

        AppendPoints(html, frames[0].Map);
        html.Append(
            CultureInfo.InvariantCulture,
            $"</svg><div class=\"controls\"><button type=\"button\">Play</button><input type=\"range\" min=\"0\" max=\"{frames.Count - 1}\" value=\"{frames.Count - 1}\" aria-label=\"Epoch\"><output>end</output></div></figure></div>\n");
    }

    private void AppendPoints(StringBuilder html, DecisionMap map)
    {
        int every = Math.Max(1, dataset.Count / MostPoints);
        for (int i = 0; i < dataset.Count; i += every)
        {
            double x = Side * (samples[i, 0] - map.Left) / (map.Right - map.Left), y = Side * (map.Top - samples[i, 1]) / (map.Top - map.Bottom);
            html.Append(
                CultureInfo.InvariantCulture,
                $"<circle class=\"f-{Palette.Category(dataset.Labels[i])} s-{Palette.Paper}\" stroke-width=\"0.5\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.4\"/>");
        }
    }

    private static string Picture(DecisionMap map)
    {
        byte[] pixels = new byte[3 * map.Size * map.Size];
        for (int place = 0; place < map.Size * map.Size; place++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                double mixed = 0;
                for (int c = 0; c < map.Probabilities.ColumnCount; c++)
                    mixed += map.Probabilities[place, c] * Palette.LightRgb(c)[channel];
                pixels[(3 * place) + channel] = (byte)Math.Clamp(mixed, 0, 255);
            }
        }

        return PngImage.RgbDataUri(pixels, map.Size, map.Size);
    }
}
