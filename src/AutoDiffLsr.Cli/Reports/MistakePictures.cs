using System.Globalization;
using System.Text;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>The wrong predictions that the model was most sure of: as pictures where the samples are images, else as a table.</summary>
internal static class MistakePictures
{
    private const int Most = 24, MostInTable = 10, MostFeatures = 8;

    public static void Append(Page page, Dataset<float> dataset, Standardization<float>? standardization, IReadOnlyList<Prediction> predictions)
    {
        Prediction[] wrong = [.. predictions.Where(prediction => !prediction.IsRight).OrderByDescending(prediction => prediction.Confidence).ThenBy(prediction => prediction.Index)];
        page.Heading("Most confident mistakes");
        if (wrong.Length == 0)
            page.Text("There are none: every sample of the test part was classified right.");
        else if (dataset.ImageSize is { } size)
            page.Add(html => AppendPictures(html, dataset, size, standardization, wrong.Take(Most)));
        else
            AppendTable(page, dataset, wrong.Take(MostInTable));
    }

    private static void AppendPictures(StringBuilder html, Dataset<float> dataset, ImageSize size, Standardization<float>? standardization, IEnumerable<Prediction> wrong)
    {
        html.Append("<div class=\"pictures\">\n");
        foreach (Prediction mistake in wrong)
        {
            string label = dataset.ClassNames[mistake.Label], predicted = dataset.ClassNames[mistake.Class];
            html.Append(
                CultureInfo.InvariantCulture,
                $"<figure><img src=\"{Picture(Levels(dataset.Sample(mistake.Index), standardization), size)}\" width=\"{size.Columns}\" height=\"{size.Rows}\" style=\"height:auto\" alt=\"Test sample {mistake.Index}, a {Page.Escape(label)}\"><figcaption>{Page.Escape(label)} taken for {Page.Escape(predicted)}, {mistake.Confidence:P1}</figcaption></figure>\n");
        }

        html.Append("</div>\n");
    }

    private static void AppendTable(Page page, Dataset<float> dataset, IEnumerable<Prediction> wrong)
    {
        string[] shown = [.. dataset.FeatureNames.Take(MostFeatures)];
        page.Table(
            ["sample", "true", "predicted", "confidence", .. shown],
            wrong.Select(mistake => (IReadOnlyList<string>)
            [
                mistake.Index.ToString(CultureInfo.InvariantCulture),
                dataset.ClassNames[mistake.Label],
                dataset.ClassNames[mistake.Class],
                mistake.Confidence.ToString("P1", CultureInfo.InvariantCulture),
                .. dataset.Sample(mistake.Index)[..shown.Length].ToArray().Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)),
            ]));
    }

    /// <summary>The numbers as they were before standardization.</summary>
    private static float[] Levels(ReadOnlySpan<float> sample, Standardization<float>? standardization)
    {
        float[] levels = sample.ToArray();
        for (int i = 0; i < levels.Length && standardization is not null; i++)
            levels[i] = (levels[i] * standardization.Scale[i]) + standardization.Mean[i];
        return levels;
    }

    /// <summary>From the darkest number of the sample to its brightest.</summary>
    internal static string Picture(ReadOnlySpan<float> sample, ImageSize size)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in sample)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        byte[] pixels = new byte[sample.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(high > low ? 255 * (sample[i] - low) / (high - low) : 0);
        return size.Channels == 3 ? PngImage.RgbDataUri(Interleaved(pixels), size.Columns, size.Rows) : PngImage.GreyDataUri(pixels.AsSpan(0, (int)size.Pixels), size.Columns, size.Rows);
    }

    /// <summary>Red, green and blue of each pixel side by side.</summary>
    private static byte[] Interleaved(byte[] channels)
    {
        int pixels = channels.Length / 3;
        byte[] colours = new byte[channels.Length];
        for (int i = 0; i < channels.Length; i++)
            colours[(i % pixels * 3) + (i / pixels)] = channels[i];
        return colours;
    }
}
