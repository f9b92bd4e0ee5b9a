using System.Numerics;
using System.Text.Json;

namespace AutoDiffLsr.Cli.Output;

/// <summary>Numbers in JSON with all the digits that give them back, in the precision they were computed in.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a number; JSON has none that is not finite, so those are the texts "NaN", "Infinity" and "-Infinity".</summary>
    public static void Write<T>(this Utf8JsonWriter writer, T value)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
            writer.WriteStringValue(T.IsNaN(value) ? "NaN" : T.IsPositive(value) ? "Infinity" : "-Infinity");
        else if (value is float single)
            writer.WriteNumberValue(single);
        else
            writer.WriteNumberValue(double.CreateChecked(value));
    }
}
