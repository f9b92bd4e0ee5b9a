using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <content>What a checkpoint saves and brings back.</content>
public sealed partial class Trainer<T>
{
    /// <summary>A copy of all that is needed to go on later; may be called from <see cref="AfterBatch"/> and <see cref="AfterEpoch"/>, or after <see cref="Fit"/>.</summary>
    /// <returns>The state.</returns>
    public TrainingState<T> Capture() => new()
    {
        Progress = now,
        History = [.. history],
        Tensors = [.. LiveTensors(best).Select(tensor => tensor with { Value = tensor.Value.Clone() })],
        Counters = LiveCounters().ToDictionary(counter => counter.Name, counter => counter.Value),
    };

    /// <summary>Takes a captured state back: model, optimizer and trainer are then as they were, and <see cref="Fit"/> goes on after the last batch done.</summary>
    /// <param name="state">Of a training of the same model, optimizer and data.</param>
    /// <exception cref="ArgumentException">The state is of another model or optimizer; nothing has changed then.</exception>
    public void Restore(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        bool hasBest = state.Tensors.Any(tensor => tensor.Name.StartsWith("best.", StringComparison.Ordinal));
        WeightSnapshot<T>? restoredBest = hasBest ? new WeightSnapshot<T>(model) : null;
        List<NamedTensor<T>> tensors = [.. LiveTensors(restoredBest)];
        List<NamedCounter> counters = [.. LiveCounters()];
        Dictionary<string, NamedTensor<T>> saved = state.Tensors.ToDictionary(tensor => tensor.Name);
        CheckTensors(tensors, saved);
        CheckCounters(counters, state.Counters);
        best = restoredBest;
        foreach (NamedTensor<T> tensor in tensors)
            saved[tensor.Name].Value.CopyTo(tensor.Value);

        // Assign again, to increment Version.
        foreach (NamedParameter<T> named in model.NamedParameters())
            named.Parameter.Assign(saved["model." + named.Name].Value);
        foreach (NamedCounter counter in counters)
            counter.Value = state.Counters[counter.Name];
        now = state.Progress;
        history.Clear();
        history.AddRange(state.History);
        wasRestored = true;
    }

    private static void CheckTensors(List<NamedTensor<T>> live, Dictionary<string, NamedTensor<T>> saved)
    {
        foreach (NamedTensor<T> tensor in live)
        {
            if (!saved.TryGetValue(tensor.Name, out NamedTensor<T>? found))
                throw new ArgumentException($"The state has no '{tensor.Name}'; it is of another model or optimizer.", nameof(saved));
            if (found.Value.RowCount != tensor.Value.RowCount || found.Value.ColumnCount != tensor.Value.ColumnCount)
            {
                throw new ArgumentException(
                    $"'{tensor.Name}' is {found.Value.RowCount}x{found.Value.ColumnCount} in the state, here it is {tensor.Value.RowCount}x{tensor.Value.ColumnCount}.", nameof(saved));
            }
        }

        if (saved.Keys.Except(live.Select(tensor => tensor.Name)).FirstOrDefault() is { } extra)
            throw new ArgumentException($"The state has '{extra}', which is not here; it is of another model or optimizer.", nameof(saved));
    }

    private static void CheckCounters(List<NamedCounter> live, IReadOnlyDictionary<string, ulong> saved)
    {
        if (live.Find(counter => !saved.ContainsKey(counter.Name)) is { } missing)
            throw new ArgumentException($"The state has no '{missing.Name}'; it is of another model or optimizer.", nameof(saved));
        if (saved.Keys.Except(live.Select(counter => counter.Name)).FirstOrDefault() is { } extra)
            throw new ArgumentException($"The state has '{extra}', which is not here; it is of another model or optimizer.", nameof(saved));
    }

    /// <summary>All memory that a state copies, the parameters as they are.</summary>
    private IEnumerable<NamedTensor<T>> LiveTensors(WeightSnapshot<T>? best) =>
    [
        .. model.NamedParameters().Select(named => new NamedTensor<T>("model." + named.Name, named.Parameter.Value)),
        .. model.NamedBuffers().Select(named => named with { Name = "model." + named.Name }),
        .. optimizer.State.Select(named => named with { Name = "optimizer." + named.Name }),
        .. lastGood.Tensors.Select(named => named with { Name = "last_good." + named.Name }),
        .. best is not null ? best.Tensors.Select(named => named with { Name = "best." + named.Name }) : [],
    ];

    private IEnumerable<NamedCounter> LiveCounters() =>
        model.NamedCounters().Select(counter => counter.Under("model.")).Concat(optimizer.Counters.Select(counter => counter.Under("optimizer.")));
}
