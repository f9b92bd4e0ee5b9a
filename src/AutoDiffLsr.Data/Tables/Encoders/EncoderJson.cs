using System.Text.Json.Serialization;

namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>The JSON of a saved encoder, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EncoderState))]
internal sealed partial class EncoderJson : JsonSerializerContext;
