using System.Globalization;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data;

namespace AutoDiffLsr.Cli.Data;

/// <summary>Tells how far a download is: at its begin, and at each tenth.</summary>
internal sealed class DownloadMessages(Messages messages) : IProgress<DownloadProgress>
{
    private string? file;
    private long tenth;

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        long reached = value.Total is > 0 ? 10 * value.Received / value.Total.Value : 0;
        if (value.File == file && reached == tenth)
            return;
        if (value.File != file)
            messages.Line($"downloading {value.File} from {value.Source}");
        else
            messages.Line(string.Create(CultureInfo.InvariantCulture, $"  {10 * reached} % of {value.Total / 1e6:F1} MB"));
        (file, tenth) = (value.File, reached);
    }
}
