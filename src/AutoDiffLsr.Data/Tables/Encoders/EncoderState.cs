using System.Text.Json;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>An encoder as it is saved.</summary>
internal sealed record EncoderState(
    int Version, TableTask Task, bool HasHeader, IReadOnlyList<EncoderState.Column> Columns, IReadOnlyList<string> Targets, IReadOnlyList<string> Classes, IReadOnlyList<TargetScale> Scales)
{
    private const int CurrentVersion = 1;

    /// <summary>A column: the numbers of a numeric one, the levels of a categorical one.</summary>
    internal sealed record Column(ColumnPlan Plan, double? Median, bool? Indicator, double? Mean, double? Scale, IReadOnlyList<string>? Levels, IReadOnlyList<string>? Rare, bool? MissingLevel);

    public static EncoderState Of(TableEncoder encoder)
    {
        var byName = encoder.Inputs.ToDictionary(input => input.Plan.Name);
        return new(
            CurrentVersion,
            encoder.Schema.Task,
            encoder.Schema.HasHeader,
            [.. encoder.Schema.Columns.Select(plan => Of(plan, byName.GetValueOrDefault(plan.Name)))],
            encoder.Schema.Targets,
            encoder.ClassNames,
            encoder.TargetScales);
    }

    public static EncoderState Parse(string json)
    {
        try
        {
            EncoderState state = JsonSerializer.Deserialize(json, EncoderJson.Default.EncoderState) ?? throw new JsonException("null");
            return state.Version == CurrentVersion ? state : throw new DataException($"the table's encoding is of version {state.Version}, but this program reads {CurrentVersion}");
        }
        catch (JsonException error)
        {
            throw new DataException($"the table's encoding in the model cannot be read ({OneLine.Cause(error)})", error);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, EncoderJson.Default.EncoderState);

    public TableEncoder ToEncoder()
    {
        try
        {
            Check();
            TableSchema schema = new([.. Columns.Select(column => column.Plan)], Targets, Task, HasHeader, []);
            ColumnEncoding[] inputs = [.. Columns.Where(column => column.Plan.IsFeature).OrderBy(column => column.Plan.Name, NaturalOrder.Instance).Select(Input)];
            return new TableEncoder(schema, inputs, Classes, Scales);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NullReferenceException)
        {
            throw new DataException($"the table's encoding in the model does not fit together ({OneLine.Cause(error)})", error);
        }
    }

    private static Column Of(ColumnPlan plan, ColumnEncoding? input) => input switch
    {
        NumberEncoding number => new(plan, number.Median, number.HasIndicator, number.Mean, number.Scale, null, null, null),
        CategoryEncoding category => new(plan, null, null, null, null, category.Levels, category.Rare, category.HasMissing),
        _ => new(plan, null, null, null, null, null, null, null),
    };

    private static ColumnEncoding Input(Column column)
    {
        if (column.Plan.Role == ColumnRole.Categorical)
            return new CategoryEncoding(column.Plan, column.Levels!, column.Rare!, column.MissingLevel!.Value);
        (double median, double mean, double scale) = (column.Median!.Value, column.Mean!.Value, column.Scale!.Value);
        bool isSound = double.IsFinite(median) && double.IsFinite(mean) && double.IsFinite(scale) && scale > 0;
        return isSound ? new NumberEncoding(column.Plan, median, column.Indicator!.Value, mean, scale) : throw new ArgumentException($"the numbers of the column {OneLine.Quote(column.Plan.Name)} are not finite");
    }

    private void Check()
    {
        if (Columns.Select(column => column.Plan.Name).Distinct(StringComparer.Ordinal).Count() != Columns.Count)
            throw new ArgumentException("a column comes twice");
        if (!Columns.Any(column => column.Plan.IsFeature))
            throw new ArgumentException("no column is a feature");
        if (Task == TableTask.Classification ? Classes.Count < 2 : Scales.Count != Targets.Count || Scales.Any(scale => !double.IsFinite(scale.Mean) || !(scale.Scale > 0)))
            throw new ArgumentException("the target has no classes and no scale");
    }
}
