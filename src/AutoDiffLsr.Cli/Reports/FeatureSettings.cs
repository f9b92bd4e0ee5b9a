namespace AutoDiffLsr.Cli.Reports;

/// <summary>How pictures of features are made.</summary>
/// <param name="Samples">The most samples that are shown.</param>
/// <param name="Perplexity">Of the t-SNE, or null for 30, less for few samples.</param>
/// <param name="Classes">The three classes of the plane, or null for the first three.</param>
/// <param name="Seed">The samples and the t-SNE are a function of this number.</param>
internal sealed record FeatureSettings(int Samples, double? Perplexity, IReadOnlyList<int>? Classes, long Seed);
