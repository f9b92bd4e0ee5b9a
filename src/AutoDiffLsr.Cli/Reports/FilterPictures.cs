using System.Globalization;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Cli.Reports;

/// <summary>The kernels of a first convolution as small pictures: in colour where it takes three channels, else the first channel in grey.</summary>
internal static class FilterPictures
{
    private const int Scale = 8;

    public static void Append(Page page, Sequential<float> model)
    {
        if (model[0] is not Conv2D<float> { Shape: { Groups: 1 } shape } first)
            return;
        page.Heading("Filters of the first layer").Add(html =>
        {
            html.Append("<div class=\"pictures\">\n");
            ImageSize size = new(shape.Kernel.Height, shape.Kernel.Width, shape.Input.Channels == 3 ? 3 : 1);
            for (int channel = 0; channel < shape.Output.Channels; channel++)
            {
                float[] weights = [.. first.Weight.Value.Column(channel).Take((int)size.Features)];
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<figure><img src=\"{MistakePictures.Picture(weights, size)}\" width=\"{Scale * size.Columns}\" height=\"{Scale * size.Rows}\" style=\"height:auto;image-rendering:pixelated\" alt=\"Filter {channel}\"></figure>\n");
            }

            html.Append("</div>\n");
        });
        page.Note("Each from its smallest weight, dark, to its largest, bright.");
    }
}
