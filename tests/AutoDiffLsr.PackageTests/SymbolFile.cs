using System.Reflection.Metadata;
using System.Text.Json;

namespace AutoDiffLsr.PackageTests;

/// <summary>Debugging symbols: which sources they name, and where a debugger gets those.</summary>
internal sealed class SymbolFile : IDisposable
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly MetadataReaderProvider provider;
    private readonly MetadataReader reader;

    public SymbolFile(byte[] pdb)
    {
        provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(pdb));
        reader = provider.GetMetadataReader();
    }

    /// <summary>From the path of a source, which ends with a star, to its address on the web.</summary>
    public IReadOnlyDictionary<string, string> SourceLinks()
    {
        CustomDebugInformation link = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition).Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLinkKind);
        using JsonDocument json = JsonDocument.Parse(reader.GetBlobBytes(link.Value));
        return json.RootElement.GetProperty("documents").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
    }

    /// <summary>The sources that the symbols do not carry themselves.</summary>
    public IReadOnlyList<string> SourcesElsewhere() =>
    [
        .. reader.Documents
            .Where(document => !reader.GetCustomDebugInformation(document).Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSourceKind))
            .Select(document => reader.GetString(reader.GetDocument(document).Name)),
    ];

    public void Dispose() => provider.Dispose();
}
