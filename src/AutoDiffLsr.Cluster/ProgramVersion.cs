using System.Reflection;

namespace AutoDiffLsr.Cluster;

/// <summary>Which program this is: caller and workers must be the same, as code does not travel and another version may compute other bits.</summary>
public static class ProgramVersion
{
    /// <summary>The version of the first assembly, with its commit if it knows that, and a fingerprint of all: other code has another one, even of the same version.</summary>
    /// <param name="assemblies">What results depend on.</param>
    public static string Of(params IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        string version = assemblies[0].GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assemblies[0].GetName().Version?.ToString() ?? "?";
        byte[] builds = [.. assemblies.SelectMany(assembly => assembly.ManifestModule.ModuleVersionId.ToByteArray())];
        return $"{version}, build {Experiments.Cells.CellData.HashOf(builds)[..8]}";
    }
}
