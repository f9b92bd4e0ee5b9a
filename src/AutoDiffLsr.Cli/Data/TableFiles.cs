using System.Globalization;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Data.Tables;
using Spectre.Console;

namespace AutoDiffLsr.Cli.Data;

/// <summary>Reads a table, with a bar where it is large and somebody watches.</summary>
internal static class TableFiles
{
    private const long LargeFile = 20_000_000;

    public static AutoDiffLsr.Data.Tables.Table Read(string path, TableOptions layout, Messages messages, CancellationToken cancellation)
    {
        if (messages.Screen is not { } screen || !File.Exists(path) || new FileInfo(path).Length < LargeFile)
            return AutoDiffLsr.Data.Tables.Table.Read(path, layout, progress: null, cancellation);
        return screen.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"reading {Path.GetFileName(path)}")));
            return AutoDiffLsr.Data.Tables.Table.Read(path, layout, new Share(task), cancellation);
        });
    }

    private sealed class Share(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = 100 * value;
    }
}
