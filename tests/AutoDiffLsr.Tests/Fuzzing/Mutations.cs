using System.Buffers.Binary;
using System.Text;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Tests.Fuzzing;

/// <summary>Ways to spoil a file. All that is random comes from a seed, so that a failure can be repeated.</summary>
internal static class Mutations
{
    private static readonly string[] Numbers =
        ["0", "-1", "1", "2", "255", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "1e400", "-1e-400", "0.5", "NaN"];

    private static readonly string[] Texts =
        ["", "\"", "{", "}", "[", "]", ",", ":", "null", "true", "\\ud800", "\\u0000", "\\\"", "\"dtype\"", "\"F32\"", "\"F64\"", "\"U64\"", "\"BF16\"", "__metadata__", "../../etc/passwd", "{\"a\":", " ", "\n", ";", "\uFEFF"];

    /// <summary>One to four changes that know nothing of the format.</summary>
    public static byte[] Bytes(byte[] file, RandomSource random)
    {
        byte[] changed = [.. file];
        for (int count = 1 + random.NextInt(4); count > 0; count--)
            changed = Byte(changed, random);
        return changed;
    }

    /// <summary>One to three changes of a text: numbers to extremes, tokens in and out, parts twice, deep nesting.</summary>
    public static string Text(string text, RandomSource random)
    {
        for (int count = 1 + random.NextInt(3); count > 0; count--)
            text = OneOfText(text, random);
        return text;
    }

    /// <summary>A file whose header of JSON begins with its length in eight bytes: the header changed as text with its length put right, or all as bytes.</summary>
    public static byte[] Safetensors(byte[] file, RandomSource random)
    {
        if (random.NextInt(3) == 0)
            return Bytes(file, random);
        int end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        byte[] header = Encoding.UTF8.GetBytes(Text(Encoding.UTF8.GetString(file, 8, end - 8), random));
        byte[] length = BitConverter.GetBytes((long)header.Length);
        byte[] changed = [.. length, .. header, .. file[end..]];
        return random.NextInt(8) == 0 ? Bytes(changed, random) : changed;
    }

    private static byte[] Byte(byte[] file, RandomSource random)
    {
        if (file.Length == 0)
            return [(byte)random.NextInt(256)];
        int at = random.NextInt(file.Length), length = 1 + random.NextInt(Math.Min(64, file.Length - at));
        switch (random.NextInt(8))
        {
            case 0:
                return file[..at];
            case 1:
                return [.. file[..at], .. file[(at + length)..]];
            case 2:
                return [.. file[..(at + length)], .. file[at..]];
            case 3:
                return [.. file[..at], (byte)random.NextInt(256), .. file[at..]];
            case 4:
                file[at] = (byte)random.NextInt(256);
                return file;
            case 5:
                // A field of a length, big or little endian, at its extremes.
                file.AsSpan(at, Math.Min(file.Length - at, 1 << random.NextInt(4))).Fill(random.NextInt(2) == 0 ? (byte)0xFF : (byte)0);
                return file;
            case 6:
                file[at] = (byte)(random.NextInt(2) == 0 ? 0x7F : 0x80);
                return file;
            default:
                file[at] ^= (byte)(1 << random.NextInt(8));
                return file;
        }
    }

    private static string OneOfText(string text, RandomSource random)
    {
        int at = random.NextInt(text.Length + 1), length = Math.Min(text.Length - at, 1 + random.NextInt(40));
        switch (random.NextInt(7))
        {
            case 0:
                return text[..at] + Texts[random.NextInt(Texts.Length)] + text[at..];
            case 1:
                return text[..at] + text[(at + length)..];
            case 2:
                return text[..(at + length)] + text[at..];
            case 3:
                return text[..at] + new string("[{\"("[random.NextInt(4)], 1 + random.NextInt(3000)) + text[at..];
            default:
                return WithNumber(text, at, random);
        }
    }

    /// <summary>Puts another number in the place of the next one.</summary>
    private static string WithNumber(string text, int from, RandomSource random)
    {
        int start = text.AsSpan(from).IndexOfAnyInRange('0', '9');
        if (start < 0)
            return text;
        start += from;
        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return text[..start] + Numbers[random.NextInt(Numbers.Length)] + text[end..];
    }
}
