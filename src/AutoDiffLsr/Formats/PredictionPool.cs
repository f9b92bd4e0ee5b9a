using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Formats;

/// <summary>Keeps what a prediction needs, one for each thread that predicts at the same time, for the next prediction.</summary>
internal sealed class PredictionPool<T>(Layer<T> layers, Standardization<T>? standardization, int features)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly PredictionSession<T>?[] free = new PredictionSession<T>?[2 * Environment.ProcessorCount];

    public void Run(ReadOnlySpan<T> samples, Span<int> labels, Span<T> values, Output output, int columns)
    {
        int rows = CountRows(samples.Length, output == Output.Labels ? labels.Length : values.Length, output == Output.Labels ? 1 : columns);
        PredictionSession<T> session = Take();
        try
        {
            session.Run(samples, rows, labels, values, output);
        }
        finally
        {
            Return(session);
        }
    }

    private int CountRows(int numbers, int places, int placesPerRow)
    {
        int rows = numbers / features;
        if (rows * features != numbers)
            throw new ArgumentException($"samples has {numbers} numbers, but a sample has {features} features: their number must be a multiple.");
        if ((long)rows * placesPerRow != places)
            throw new ArgumentException($"There is room for {places} results, but {rows} samples have {(long)rows * placesPerRow}.");
        return rows;
    }

    private PredictionSession<T> Take()
    {
        for (int i = 0; i < free.Length; i++)
        {
            if (Interlocked.Exchange(ref free[i], null) is { } session)
                return session;
        }

        return new(layers, standardization, features);
    }

    private void Return(PredictionSession<T> session)
    {
        for (int i = 0; i < free.Length; i++)
        {
            if (Interlocked.CompareExchange(ref free[i], session, null) is null)
                return;
        }

        session.Dispose();
    }
}
