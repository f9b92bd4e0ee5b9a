using System.Text.Json.Serialization;
using AutoDiffLsr.Experiments.Search.Evaluation;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>How cells and their results are written.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PreparedLoss))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(SearchWork))]
[JsonSerializable(typeof(SearchCellSettings))]
internal sealed partial class SearchJson : JsonSerializerContext;
