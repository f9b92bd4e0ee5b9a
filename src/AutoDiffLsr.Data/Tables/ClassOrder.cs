using System.Globalization;

namespace AutoDiffLsr.Data;

/// <summary>
/// Classes from the labels of a file: sorted as numbers when all are numbers (then 1, 1.0 and 01 are one class), else by their characters.
/// The order does not depend on the order of the rows.
/// </summary>
internal sealed class ClassOrder
{
    private readonly Dictionary<string, int> labels = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int>? numbers;

    /// <summary>Classes in the order given.</summary>
    public ClassOrder(IReadOnlyList<string> names)
    {
        Names = names;
        bool numeric = names.All(name => TryNumber(name, out _));
        numbers = numeric ? [] : null;
        for (int i = 0; i < names.Count; i++)
        {
            labels.TryAdd(names[i], i);
            if (numbers is not null && TryNumber(names[i], out double number))
                numbers.TryAdd(number, i);
        }
    }

    public IReadOnlyList<string> Names { get; }

    public static ClassOrder Sorted(IReadOnlyCollection<string> distinct)
    {
        if (!distinct.All(name => TryNumber(name, out _)))
            return new([.. distinct.Order(StringComparer.Ordinal)]);
        return new([.. distinct
            .OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal)
            .DistinctBy(Number)
            .OrderBy(Number)]);
    }

    /// <summary>The index of the class, or -1.</summary>
    public int IndexOf(string label)
    {
        if (labels.TryGetValue(label, out int index))
            return index;
        return numbers is not null && TryNumber(label, out double number) && numbers.TryGetValue(number, out index) ? index : -1;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
