using System.Globalization;
using AutoDiffLsr.Data.Tables.Encoders;
using AutoDiffLsr.Files;
using AutoDiffLsr.Formats;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Data.Tables;

/// <summary>Tables for models that were not trained on one: their features are columns of numbers as they are.</summary>
public static class FeatureTables
{
    /// <summary>
    /// The encoder of a table that a model is to be given: the one in the model, or where there is none, one that takes a column of numbers for each feature: by
    /// the features' names where the table has them all, else by their place.
    /// </summary>
    /// <param name="file">What messages call the table.</param>
    /// <param name="names">The names of the table's columns.</param>
    /// <param name="hasHeader">Whether they are names of its own.</param>
    /// <param name="targets">The columns with the targets by name or index; empty for none, or for those that the model remembers.</param>
    /// <param name="needsTargets">Whether a table without named targets has them in its last columns.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="DataException">The columns do not fit the model, or the encoding in the model is damaged.</exception>
    public static TableEncoder EncoderFor(Model model, string file, IReadOnlyList<string> names, bool hasHeader, IReadOnlyList<string> targets, bool needsTargets)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(targets);
        if (TableModel.EncoderOf(model) is { } encoder)
            return encoder;
        int targetCount = model.Targets == TargetKind.Labels || model.Targets == TargetKind.BinaryLabels ? 1 : model.Classes;
        int[] targetPlaces = targets.Count > 0 ? [.. targets.Select(target => PlaceOf(file, names, target))] : needsTargets ? [.. Enumerable.Range(names.Count - targetCount, targetCount)] : [];
        int[] features = FeaturePlaces(model, file, names, hasHeader, targetPlaces, targets.Count == 0 && !needsTargets);
        ColumnPlan[] plans = [.. names.Select((name, i) => new ColumnPlan(name, i, ColumnKind.Number, RoleOf(i, features, targetPlaces), "", 0, ""))];
        TableTask task = model.Targets == TargetKind.Numbers ? TableTask.Regression : TableTask.Classification;
        TableSchema schema = new(plans, [.. targetPlaces.Select(place => names[place])], task, hasHeader, []);
        NumberEncoding[] inputs = [.. features.Select(place => new NumberEncoding(plans[place], double.NaN, hasIndicator: false, 0, 1))];
        return new TableEncoder(schema, inputs, task == TableTask.Classification ? ClassesOf(model) : [], task == TableTask.Regression ? [.. schema.Targets.Select(name => new TargetScale(name, 0, 1))] : []);
    }

    private static int[] FeaturePlaces(Model model, string file, IReadOnlyList<string> names, bool hasHeader, int[] targets, bool mayHaveTarget)
    {
        IReadOnlyList<string> wanted = model.Info.FeatureNames;
        if (hasHeader && wanted.Count > 0 && wanted.All(names.Contains))
            return [.. wanted.Select(name => PlaceOf(file, names, name))];
        int[] places = [.. Enumerable.Range(0, names.Count).Except(targets)];
        if (places.Length == model.Features)
            return places;
        string hint = mayHaveTarget && places.Length == model.Features + 1 ? ": if a column has labels, name it with --label-column" : "";
        throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{file} has {places.Length} features, but the model takes {model.Features}{hint}"));
    }

    private static ColumnRole RoleOf(int place, int[] features, int[] targets) =>
        Array.IndexOf(targets, place) >= 0 ? ColumnRole.Target : Array.IndexOf(features, place) >= 0 ? ColumnRole.Numeric : ColumnRole.Ignored;

    private static int PlaceOf(string file, IReadOnlyList<string> names, string column)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == column)
                return i;
        }

        return int.TryParse(column, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) && index >= -names.Count && index < names.Count
            ? (index < 0 ? index + names.Count : index)
            : throw new DataException($"{file}: there is no column {OneLine.Quote(column)}{Reading.NearNames.Of(column, names)}");
    }

    private static IReadOnlyList<string> ClassesOf(Model model) => model.Info.ClassNames.Count > 0
        ? model.Info.ClassNames
        : [.. Enumerable.Range(0, Math.Max(2, model.Classes)).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
