using System.Globalization;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Commands.Loss;

/// <summary>Labels from a list on the command line or from a file of numbers between commas, spaces or line ends.</summary>
internal sealed class LabelList
{
    private static readonly char[] Separators = [',', ' ', '\t', '\r'];

    private readonly string source;
    private readonly List<int> labels = [];
    private readonly List<int> lines = [];

    private LabelList(string source, IEnumerable<string> text)
    {
        this.source = source;
        int number = 0;
        foreach (string line in text)
            AddLine(line, ++number);
        if (labels.Count == 0)
            throw new UsageException($"{source} has no labels: give one class for each row of the logits, such as 0,2,1");
    }

    public int[] Labels => [.. labels];

    /// <summary>Reads the labels; a text of digits and commas is the list itself, anything else the path of a file.</summary>
    public static LabelList Parse(string text) =>
        text.All(letter => char.IsAsciiDigit(letter) || letter is ',' or ' ' or '-') && text.Any(char.IsAsciiDigit)
            ? new LabelList("--labels", [text])
            : new LabelList(text, ReadLines(text));

    /// <summary>Refuses a label that is no class.</summary>
    /// <param name="classes">C.</param>
    /// <exception cref="UsageException">Names the first such label and its place.</exception>
    public void CheckClasses(int classes)
    {
        int wrong = labels.FindIndex(label => label < 0 || label >= classes);
        if (wrong >= 0)
            throw new UsageException($"{Place(lines[wrong])}: labels[{wrong}] is {labels[wrong]}, but the logits have {classes} classes (0..{classes - 1})");
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string found = File.Exists(path) || Directory.Exists(path) ? $"cannot be read ({error.Message})" : "is no such file";
            throw new UsageException($"--labels {path} {found}: give a list such as 0,2,1 or a file of whole numbers", error);
        }
    }

    private void AddLine(string line, int number)
    {
        foreach (string field in line.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int label))
                throw new UsageException($"{Place(number)}: found '{field}', expected a class as a whole number");
            labels.Add(label);
            lines.Add(number);
        }
    }

    private string Place(int line) => source == "--labels" ? source : $"{source}, line {line}";
}
