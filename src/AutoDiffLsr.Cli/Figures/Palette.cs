using System.Text;

namespace AutoDiffLsr.Cli.Figures;

/// <summary>
/// Colours by name, each with a shade for light and one for dark paper. The categories are those of Okabe and Ito ("Color Universal Design", 2008),
/// made for colour-blind readers, and two greys; the ramp is a part of viridis, whose lightness alone tells its order.
/// </summary>
internal static class Palette
{
    public const string Ink = "ink", Grid = "grid", Paper = "paper";

    private static readonly (string Light, string Dark)[] Categories =
    [
        ("#0072b2", "#4aa3df"),
        ("#d55e00", "#f0803c"),
        ("#009e73", "#2fc79b"),
        ("#b8578f", "#dd92bd"),
        ("#c98a00", "#f2b632"),
        ("#2f9bd6", "#8fd3ff"),
        ("#333333", "#f2f2f2"),
        ("#8a7f00", "#f0e442"),
        ("#8c8c8c", "#9a9a9a"),
        ("#7a4a21", "#c99a6b"),
    ];

    private static readonly (string Light, string Dark)[] Ramp =
    [
        ("#440154", "#7fa3e0"),
        ("#443983", "#56b4c9"),
        ("#31688e", "#35c5a5"),
        ("#21918c", "#6ece58"),
        ("#1f9e6e", "#a5db36"),
        ("#4aa33c", "#d2e21b"),
        ("#7fa516", "#fff06a"),
    ];

    public static string Category(int index) => $"c{index % Categories.Length}";

    /// <summary>Red, green and blue of a category on light paper.</summary>
    public static byte[] LightRgb(int index) => Convert.FromHexString(Categories[index % Categories.Length].Light.AsSpan(1));

    /// <summary>A step of the ramp, for things that have an order.</summary>
    public static string Step(int index, int count) => $"r{(count < 2 ? 0 : (int)Math.Round((double)index / (count - 1) * (Ramp.Length - 1)))}";

    /// <summary>CSS that gives every colour its classes: "s-NAME" strokes with it and "f-NAME" fills.</summary>
    public static string Css()
    {
        StringBuilder css = new(), dark = new();
        foreach ((string name, string light, string other) in All())
        {
            css.Append($".s-{name}{{stroke:{light}}}.f-{name}{{fill:{light}}}");
            dark.Append($".s-{name}{{stroke:{other}}}.f-{name}{{fill:{other}}}");
        }

        return $"{css}@media (prefers-color-scheme:dark){{@media screen{{{dark}}}}}";
    }

    private static IEnumerable<(string Name, string Light, string Dark)> All() =>
    [
        (Ink, "#24292f", "#d7dde4"),
        (Grid, "#e3e6ea", "#343a42"),
        (Paper, "#ffffff", "#14181d"),
        .. Categories.Select((colour, i) => ($"c{i}", colour.Light, colour.Dark)),
        .. Ramp.Select((colour, i) => ($"r{i}", colour.Light, colour.Dark)),
    ];
}
