namespace AutoDiffLsr.Numerics;

/// <summary>Which rows, or columns, of a matrix are taken, in order. A struct of this kind is compiled into the loop that reads it.</summary>
internal interface IPlaces
{
    /// <summary>How many are taken.</summary>
    int Count { get; }

    /// <summary>The place of the i-th.</summary>
    int this[int index] { get; }
}

/// <summary>Places from a list.</summary>
internal readonly record struct PlaceList(int[] Places) : IPlaces
{
    public int Count => Places.Length;

    public int this[int index] => Places[index];
}

/// <summary>Places by a rule, without a list: start + step · ((index / each + shift) mod period).</summary>
internal readonly record struct PlaceWalk(int Count, int Start = 0, int Step = 1, int Each = 1, int Shift = 0, int Period = int.MaxValue) : IPlaces
{
    public int this[int index] => Start + (Step * (int)((((long)index / Each) + Shift) % Period));
}
