using AutoDiffLsr.Training;

namespace AutoDiffLsr.Formats;

/// <summary>What a model knows besides its numbers. All of it is saved with the model.</summary>
public sealed record ModelInfo
{
    /// <summary>
    /// The names of the model's outputs, in their order: of the C classes, of the targets that are numbers, or of the binary labels (one output of two classes may
    /// have both names); empty where they have none.
    /// </summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The F names of the features; empty where they have none.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The size of the images that the samples are, or null.</summary>
    public ImageSize? ImageSize { get; init; }

    /// <summary>What the outputs are: logits of classes, numbers, or the logits of binary labels; null where it is not known.</summary>
    public TargetKind? Targets { get; init; }

    /// <summary>Texts that other libraries keep with the model, by their key: such as how a table becomes features.</summary>
    public IReadOnlyDictionary<string, string> Attachments { get; init; } = new Dictionary<string, string>();

    /// <summary>How the model was trained, for people: such as "loss" to "LSR, smoothing 0.1".</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
