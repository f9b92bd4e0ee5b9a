using System.Globalization;
using System.Numerics;
using AutoDiffLsr.Data.Tables.Reading;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Data.Tables.Encoders;

/// <summary>
/// A category as a feature for each level, 1 for the level of the row and 0 for the others. Levels of fewer than three rows of the training part share one
/// feature, a missing value is a level where the training part has any, and a level never seen is taken for a rare one, or for none where there are no rare ones.
/// </summary>
internal sealed class CategoryEncoding : ColumnEncoding
{
    /// <summary>A level with fewer rows in the training part is rare.</summary>
    public const int FewestRows = 3;

    /// <summary>The most features of one column.</summary>
    public const int MostLevels = 1000;

    private const int None = -1;

    private readonly Dictionary<string, int> places;
    private readonly int otherPlace;
    private readonly int missingPlace;

    /// <summary>An encoding with known levels.</summary>
    /// <param name="plan">The column.</param>
    /// <param name="levels">The levels with a feature of their own.</param>
    /// <param name="rare">The levels that share one.</param>
    /// <param name="hasMissing">Whether missing is a level.</param>
    public CategoryEncoding(ColumnPlan plan, IReadOnlyList<string> levels, IReadOnlyList<string> rare, bool hasMissing)
        : base(plan)
    {
        (Levels, Rare, HasMissing) = (levels, rare, hasMissing);
        places = new(StringComparer.Ordinal);
        for (int i = 0; i < levels.Count; i++)
            places.Add(levels[i], i);
        otherPlace = rare.Count > 0 ? levels.Count : None;
        foreach (string level in rare)
            places.Add(level, otherPlace);
        missingPlace = hasMissing ? levels.Count + (rare.Count > 0 ? 1 : 0) : None;
    }

    public IReadOnlyList<string> Levels { get; }

    public IReadOnlyList<string> Rare { get; }

    public bool HasMissing { get; }

    public override int Width => Levels.Count + (Rare.Count > 0 ? 1 : 0) + (HasMissing ? 1 : 0);

    public override IEnumerable<string> FeatureNames =>
    [
        .. Levels.Select(level => $"{Plan.Name}={level}"),
        .. Rare.Count > 0 ? [$"{Plan.Name} is rare"] : Array.Empty<string>(),
        .. HasMissing ? [$"{Plan.Name} is missing"] : Array.Empty<string>(),
    ];

    public override string Becomes => (Width == 1 ? "1 feature" : string.Create(CultureInfo.InvariantCulture, $"{Width} features"))
        + (Rare.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {Rare.Count} rare levels share one") : "")
        + (HasMissing ? "; missing is a level" : "");

    public override IEnumerable<(double Mean, double Scale)> Moments => Enumerable.Repeat((0.0, 1.0), Width);

    public static CategoryEncoding Fit(Table table, ColumnPlan plan, TableColumn column, ReadOnlySpan<int> rows)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        int missing = 0;
        foreach (int row in rows)
        {
            if (column.Text(row) is { } text)
                counts[text] = counts.GetValueOrDefault(text) + 1;
            else
                missing++;
        }

        string[] levels = [.. counts.Where(pair => pair.Value >= FewestRows).Select(pair => pair.Key).Order(NaturalOrder.Instance)];
        string[] rare = [.. counts.Where(pair => pair.Value < FewestRows).Select(pair => pair.Key).Order(NaturalOrder.Instance)];
        if (rare.Length == 1)
            (levels, rare) = ([.. levels.Append(rare[0]).Order(NaturalOrder.Instance)], []);
        if (levels.Length > MostLevels)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.File}: the column {OneLine.Quote(plan.Name)} has {levels.Length} categories of {FewestRows} rows or more, and at most {MostLevels} become features: leave it out with --ignore-columns {OneLine.Quote(plan.Name)}"));
        }

        return new CategoryEncoding(plan, levels, rare, missing > 0);
    }

    public override void Encode<T>(Table table, TableColumn column, ReadOnlySpan<int> rows, Span<T> features, int width, int first, EncodingCounts counts)
    {
        PlaceFinder finder = new(this, column);
        for (int i = 0; i < rows.Length; i++)
        {
            int place = finder.Of(rows[i], counts);
            if (place != None)
                features[(i * width) + first + place] = T.One;
        }
    }

    /// <summary>The level of which an encoded row has its 1: its text, null for missing or none.</summary>
    internal string? Decode<T>(ReadOnlySpan<T> features)
        where T : struct, IFloatingPointIeee754<T>
    {
        int place = features.IndexOf(T.One);
        return place >= 0 && place < Levels.Count ? Levels[place] : null;
    }

    /// <summary>The place of a row's category; each text of a column is looked up once.</summary>
    private sealed class PlaceFinder(CategoryEncoding encoding, TableColumn column)
    {
        private readonly int[] placeOfCode = [.. column.Levels.Select(level => encoding.places.GetValueOrDefault(level, Unseen))];
        private readonly Dictionary<double, int> placeOfNumber = [];

        private const int Unseen = -2;

        public int Of(int row, EncodingCounts counts)
        {
            if (column.IsMissing(row))
            {
                if (!encoding.HasMissing)
                    counts.AddMissing(encoding.Plan.Name);
                return encoding.missingPlace;
            }

            int place = column.Kind == ColumnKind.Number ? OfNumber(column.Number(row)) : column.Code(row) >= 0 ? placeOfCode[column.Code(row)] : Unseen;
            if (place != Unseen)
                return place;
            counts.AddUnseen(encoding.Plan.Name, column.Text(row) ?? "");
            return encoding.otherPlace;
        }

        private int OfNumber(double number)
        {
            if (!placeOfNumber.TryGetValue(number, out int place))
                placeOfNumber[number] = place = encoding.places.GetValueOrDefault(NumberText.Canonical(number), Unseen);
            return place;
        }
    }
}
