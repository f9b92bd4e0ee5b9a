using System.Globalization;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>What the command was asked for.</summary>
internal sealed record CompareOptions(string? Json, int Rounds, double RoundSeconds, IReadOnlyList<string> Rows, IReadOnlyList<int> Threads, bool Smoke)
{
    public const string Usage = """
        compare [--json FILE] [--rounds N] [--round-ms MS] [--threads N ...] [--rows NAME ...] [--smoke]
          Times this engine and PyTorch side by side, alternating round by round, and prints the minimum and the median of each.
          --json FILE      writes the table as JSON too
          --rounds N       rounds of each contender (15)
          --round-ms MS    how long a round is, at least one call (20)
          --threads N ...  thread counts (1 2)
          --rows NAME ...  only rows whose name contains one of these
          --smoke          two very short rounds of the small rows: whether it runs, not how fast
          $AUTODIFFLSR_PYTHON is the Python to use (else /usr/bin/python3 or python3), $AUTODIFFLSR_DATA a folder with MNIST.
        """;

    public static CompareOptions Parse(string[] arguments)
    {
        CompareOptions options = new(Json: null, Rounds: 15, RoundSeconds: 0.02, Rows: [], Threads: [1, 2], Smoke: false);
        for (int i = 0; i < arguments.Length;)
        {
            string option = arguments[i++];
            string[] values = [.. arguments.Skip(i).TakeWhile(value => !value.StartsWith("--", StringComparison.Ordinal))];
            i += values.Length;
            options = (option, values) switch
            {
                ("--json", [string file]) => options with { Json = file },
                ("--rounds", [string count]) => options with { Rounds = Positive(option, count) },
                ("--round-ms", [string time]) => options with { RoundSeconds = Positive(option, time) / 1000.0 },
                ("--threads", [_, ..]) => options with { Threads = [.. values.Select(value => Positive(option, value))] },
                ("--rows", [_, ..]) => options with { Rows = values },
                ("--smoke", []) => options with { Smoke = true, Rounds = 2, RoundSeconds = 0.0005 },
                _ => throw new ArgumentException($"'{string.Join(' ', [option, .. values])}' is not understood.\n{Usage}"),
            };
        }

        return options;
    }

    public bool Wants(ComparisonRow row) =>
        (Rows.Count == 0 || Rows.Any(part => row.Name.Contains(part, StringComparison.OrdinalIgnoreCase))) && (!Smoke || row.IsSmall);

    private static int Positive(string option, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new ArgumentException($"{option} {text}: a whole number above 0 is needed.\n{Usage}");
}
