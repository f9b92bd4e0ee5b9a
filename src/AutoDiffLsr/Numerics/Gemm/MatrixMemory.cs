namespace AutoDiffLsr.Numerics;

/// <summary>What the memory of a column-major matrix must have.</summary>
internal static class MatrixMemory
{
    public static void Require(string name, int length, int stride, int rows, int columns)
    {
        if (rows < 0 || columns < 0)
            throw new ArgumentException($"{name} is {rows}x{columns}; rows and columns must be 0 or more.", name);
        if (stride < rows)
            throw new ArgumentException($"{name} has stride {stride}, but its stored columns have {rows} elements.", name);
        long needed = rows == 0 || columns == 0 ? 0 : ((columns - 1L) * stride) + rows;
        if (length < needed)
            throw new ArgumentException($"{name} has {length} elements, but {rows}x{columns} with stride {stride} needs {needed}.", name);
    }
}
