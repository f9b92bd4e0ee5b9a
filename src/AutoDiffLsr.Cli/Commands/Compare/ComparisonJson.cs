using System.Text.Json.Serialization;

namespace AutoDiffLsr.Cli.Commands.Compare;

/// <summary>The JSON of a comparison: names in snake case, and the texts "NaN" and "Infinity" for numbers that JSON does not have.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CellResult))]
[JsonSerializable(typeof(ComparisonWork))]
[JsonSerializable(typeof(ComparisonCellSettings))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
