using System.IO.Compression;
using System.Xml.Linq;

namespace AutoDiffLsr.PackageTests;

/// <summary>A package, opened as the archive that it is.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly ZipArchive archive;

    public PackageFile(string path) => archive = ZipFile.OpenRead(path);

    /// <summary>The names of all entries.</summary>
    public IReadOnlyList<string> Entries => [.. archive.Entries.Select(entry => entry.FullName)];

    /// <summary>The metadata that nuget.org shows.</summary>
    public XElement Metadata()
    {
        using Stream stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    /// <summary>The text of an element of <see cref="Metadata"/>, or null.</summary>
    public string? Field(string name) => Metadata().Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>The bytes of an entry.</summary>
    public byte[] Read(string entry)
    {
        using Stream stream = archive.GetEntry(entry)?.Open() ?? throw new FileNotFoundException($"The package has no {entry}, only {string.Join(", ", Entries)}.");
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The text of an entry.</summary>
    public string ReadText(string entry) => System.Text.Encoding.UTF8.GetString(Read(entry));

    public void Dispose() => archive.Dispose();
}
