using Xunit;

namespace AutoDiffLsr.PackageTests;

/// <summary>Tests that share the packages, one after the other: each of them keeps all processors busy.</summary>
[CollectionDefinition("packages")]
public sealed class PackagesCollection : ICollectionFixture<PackedSolution>;
