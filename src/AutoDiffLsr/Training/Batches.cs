using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>
/// A data set in mini-batches: enumerating it is one epoch, <c>foreach (var batch in batches)</c>. The batches' buffers are made once and
/// used again for every batch, so an epoch allocates nothing.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// The order of an epoch is a function of the random source's state at its start alone. <see cref="EpochState"/> and <see cref="Position"/>
/// are therefore all that a checkpoint needs to go on in the middle of an epoch with <see cref="Resume"/>.
/// </remarks>
public sealed class Batches<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly RandomSource? shuffle;
    private readonly int[] order;
    private readonly Batch<T>? whole;
    private readonly Batch<T>? last;
    private readonly ImageAugmentation? augmentation;

    /// <summary>Mini-batches of a data set.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; the last batch of an epoch has what remains.</param>
    /// <param name="shuffle">Draws a new order for each epoch; without it the order is that of the data set.</param>
    /// <param name="augmentation">Changes the images of each batch at random; needs <paramref name="shuffle"/>, whose state at the start of an epoch decides how.</param>
    /// <exception cref="ArgumentException"><paramref name="batchSize"/> is below 1, or the augmentation does not fit.</exception>
    public Batches(Dataset<T> dataset, int batchSize, RandomSource? shuffle = null, ImageAugmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Dataset = dataset;
        BatchSize = batchSize;
        Count = ((dataset.Count - 1) / batchSize) + 1;
        augmentation?.Check(dataset.ImageSize);
        if (augmentation is not null && shuffle is null)
            throw new ArgumentException("augmentation needs a random source: give shuffle as well.", nameof(augmentation));
        this.shuffle = shuffle;
        this.augmentation = augmentation;
        this.order = new int[dataset.Count];
        int remainder = dataset.Count % batchSize;
        whole = dataset.Count >= batchSize ? new(dataset, batchSize) : null;
        this.last = remainder > 0 ? new(dataset, remainder) : null;
        ResetOrder();
    }

    /// <summary>The data.</summary>
    public Dataset<T> Dataset { get; }

    /// <summary>Samples in every batch but perhaps the last.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in an epoch.</summary>
    public int Count { get; }

    /// <summary>The state of the random source when the current epoch began; 0 without shuffling.</summary>
    public ulong EpochState { get; private set; }

    /// <summary>How many batches of the current epoch have been handed out.</summary>
    public int Position { get; private set; }

    /// <summary>The indices of the data set in the order of the current epoch.</summary>
    public ReadOnlySpan<int> Order => this.order;

    /// <summary>Begins an epoch: draws its order and moves to before its first batch.</summary>
    /// <returns>The batches of the epoch, one by one.</returns>
    public BatchEnumerator<T> GetEnumerator()
    {
        BeginEpoch();
        return new(this);
    }

    /// <summary>Goes on in the middle of an epoch: <c>foreach (var batch in batches.Resume(state, position))</c>. Later epochs follow as they would have.</summary>
    /// <param name="epochState"><see cref="EpochState"/> of that epoch.</param>
    /// <param name="position">How many batches of it are done, in 0..<see cref="Count"/>.</param>
    /// <returns>The remaining batches of the epoch, one by one.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is not in 0..<see cref="Count"/>.</exception>
    public BatchEnumerator<T> Resume(ulong epochState, int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Count);
        if (this.shuffle is not null)
            this.shuffle.State = epochState;
        BeginEpoch();
        Position = position;
        return new(this);
    }

    internal Batch<T>? Next()
    {
        if (Position == Count)
            return null;
        int first = Position * BatchSize;
        int size = Math.Min(BatchSize, this.order.Length - first);
        Batch<T> batch = (size == BatchSize ? whole : this.last)!;
        batch.Fill(this.order.AsSpan(first, size));
        if (this.augmentation is not null)
            batch.Augment(this.augmentation, AugmentationState(first));
        Position++;
        return batch;
    }

    // Unrelated to the numbers that shuffle the epoch, and a function of the epoch and the place in it.
    private ulong AugmentationState(int first)
    {
        ulong state = ~EpochState ^ ((ulong)first << 32);
        return RandomSource.NextBits(ref state);
    }

    private void BeginEpoch()
    {
        Position = 0;
        if (this.shuffle is null)
            return;
        EpochState = this.shuffle.State;
        ResetOrder();
        this.shuffle.Shuffle(this.order.AsSpan());
    }

    // From the same start each time: shuffling the last epoch's order would make this epoch's depend on all before it.
    private void ResetOrder()
    {
        for (int i = 0; i < this.order.Length; i++)
            this.order[i] = i;
    }
}
