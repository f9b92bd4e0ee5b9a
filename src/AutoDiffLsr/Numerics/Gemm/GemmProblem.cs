using System.Numerics;

namespace AutoDiffLsr.Numerics;

/// <summary>One factor of a product as two strides, so that a transpose is only an exchange of the two.</summary>
internal readonly unsafe struct GemmFactor<T>(T* start, nint along, nint inner)
    where T : unmanaged
{
    /// <summary>The first element.</summary>
    internal readonly T* Start = start;

    /// <summary>The distance to the next row of A or the next column of B: the direction that C shares.</summary>
    internal readonly nint Along = along;

    /// <summary>The distance to the next element of a sum.</summary>
    internal readonly nint Inner = inner;

    /// <summary>The factor from element (along, inner) on.</summary>
    internal GemmFactor<T> From(nint along, nint inner) => new(Start + (along * Along) + (inner * Inner), Along, Inner);
}

/// <summary>C = alpha · A · B + beta · C, or a block of it.</summary>
internal unsafe struct GemmProblem<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The rows of C.</summary>
    internal int Rows;

    /// <summary>The columns of C.</summary>
    internal int Columns;

    /// <summary>The number of products in each sum.</summary>
    internal int Inner;

    /// <summary>The factor of the product.</summary>
    internal T Alpha;

    /// <summary>The factor of the old C, which is not read where this is 0.</summary>
    internal T Beta;

    /// <summary>The left factor.</summary>
    internal GemmFactor<T> A;

    /// <summary>The right factor.</summary>
    internal GemmFactor<T> B;

    /// <summary>C's first element.</summary>
    internal T* C;

    /// <summary>The distance between two columns of C.</summary>
    internal nint StrideC;

    /// <summary>The same product for some rows of C.</summary>
    internal readonly GemmProblem<T> SomeRows(int first, int count)
    {
        GemmProblem<T> part = this;
        part.Rows = count;
        part.A = A.From(first, 0);
        part.C = C + first;
        return part;
    }

    /// <summary>The same product for some columns of C.</summary>
    internal readonly GemmProblem<T> SomeColumns(int first, int count)
    {
        GemmProblem<T> part = this;
        part.Columns = count;
        part.B = B.From(first, 0);
        part.C = C + (first * StrideC);
        return part;
    }

    /// <summary>A piece of every sum: the first piece meets the old C, the others add to what the pieces before them left there.</summary>
    internal readonly GemmProblem<T> SomeInner(int first, int count)
    {
        GemmProblem<T> part = this;
        part.Inner = count;
        part.A = A.From(0, first);
        part.B = B.From(0, first);
        part.Beta = first == 0 ? Beta : T.One;
        return part;
    }

    /// <summary>Cᵀ = Bᵀ Aᵀ, without the scaling and into other memory.</summary>
    internal readonly GemmProblem<T> Transposed(T* target)
    {
        GemmProblem<T> turned = this;
        (turned.Rows, turned.Columns) = (Columns, Rows);
        (turned.A, turned.B) = (B, A);
        turned.Alpha = T.One;
        turned.Beta = T.Zero;
        turned.C = target;
        turned.StrideC = Columns;
        return turned;
    }
}
