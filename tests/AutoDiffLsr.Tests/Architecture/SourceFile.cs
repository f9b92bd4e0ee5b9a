using System.Text.RegularExpressions;

namespace AutoDiffLsr.Tests.Architecture;

/// <summary>What a source file says of itself: its namespace, and the namespaces of the project that it names.</summary>
internal sealed partial record SourceFile(string Path, string Namespace, IReadOnlyList<string> Uses)
{
    /// <summary>Using lines, aliases and static ones too, and qualified names in the text.</summary>
    public static SourceFile Parse(string path, string text)
    {
        Match own = NamespaceLine().Match(text);
        return new(path, own.Success ? own.Groups[1].Value : "", [.. QualifiedName().Matches(text).Select(match => match.Value.TrimEnd('.')).Where(name => name != own.Groups[1].Value).Distinct()]);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bAutoDiffLsr(\.[A-Z]\w*)+")]
    private static partial Regex QualifiedName();
}
