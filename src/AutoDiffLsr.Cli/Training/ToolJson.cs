using System.Text.Json.Serialization;

namespace AutoDiffLsr.Cli.Training;

/// <summary>The tool's JSON: names in snake case, and the texts "NaN" and "Infinity" for numbers that JSON does not have.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainMetrics))]
internal sealed partial class ToolJson : JsonSerializerContext;
