using Xunit;

namespace AutoDiffLsr.PackageTests;

/// <summary>Tests that share the packages, one after the other: each of them keeps all processors busy.</summary>
[CollectionDefinition("packages")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "xunit's word for it.")]
public sealed class PackagesCollection : ICollectionFixture<PackedSolution>;
