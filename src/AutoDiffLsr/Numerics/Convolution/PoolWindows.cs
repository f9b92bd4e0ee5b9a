namespace AutoDiffLsr.Numerics;

/// <summary>Goes through all windows of a pooling: those of one place follow one another channel by channel.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="batch">N: a pixel is N numbers side by side.</param>
internal ref struct PoolWindows(PoolingShape shape, int batch)
{
    [ThreadStatic]
    private static int[]? roomOfThisThread;

    private readonly Span<int> room = Room(shape.Window.Taps);
    private int index = -1;
    private int count;

    /// <summary>Where the pixels of the window begin, those of the border left out.</summary>
    public readonly ReadOnlySpan<int> Pixels => room[..count];

    /// <summary>Where the place begins in the output.</summary>
    public int Place { get; private set; }

    /// <summary>Goes on to the next window.</summary>
    public bool MoveNext()
    {
        index++;
        (int place, int channel) = Math.DivRem(index, shape.Input.Channels);
        if (place == shape.Output.Pixels)
            return false;
        Place = ((channel * shape.Output.Pixels) + place) * batch;
        if (channel == 0)
            FindPixels(place);
        else
            MoveToNextChannel();
        return true;
    }

    private static int[] Room(int taps) =>
        roomOfThisThread is { } room && room.Length >= taps ? room : roomOfThisThread = new int[taps];

    private void FindPixels(int place)
    {
        (int row, int column) = Math.DivRem(place, shape.Output.Width);
        count = 0;
        foreach (Tap vertical in shape.Rows[row])
        {
            foreach (Tap horizontal in shape.Columns[column])
                room[count++] = ((vertical.Source * shape.Input.Width) + horizontal.Source) * batch;
        }
    }

    private readonly void MoveToNextChannel()
    {
        int step = shape.Input.Pixels * batch;
        for (int i = 0; i < count; i++)
            room[i] += step;
    }
}
