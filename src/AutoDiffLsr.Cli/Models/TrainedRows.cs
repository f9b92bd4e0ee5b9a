using System.Globalization;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Data.Tables;
using AutoDiffLsr.Formats;

namespace AutoDiffLsr.Cli.Models;

/// <summary>Which rows of a table a model was trained on: known where the table is the file that its provenance names by hash.</summary>
internal static class TrainedRows
{
    /// <summary>The parts of the table as training drew them; null where it is another file, or the model does not say.</summary>
    public static RowSplit? Of(Model model, string file, Table table)
    {
        if (!model.Info.Attachments.TryGetValue(RunProvenance.Key, out string? json) || RunProvenance.Parse(json) is not { Data: { } data } provenance)
            return null;
        if (TableModel.EncoderOf(model) is not { } encoder || encoder.Schema.Targets.Any(target => !table.Columns.Any(column => column.Name == target)) || data.Sha256 != DataOrigin.HashOfFile(file))
            return null;
        RowSplit split = RowSplit.Draw(table, encoder.Schema, Number(provenance, "test-fraction"), Number(provenance, "validation-fraction"), provenance.Seed ?? 1);
        return split.Train.Count == data.TrainRows ? split : null;
    }

    private static double Number(RunProvenance provenance, string setting) =>
        provenance.Settings.TryGetValue(setting, out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : 0;
}
