using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Choices between entries: by a condition, and the largest and smallest of a matrix, of its columns or of its rows. A NaN wins over any number, as in PyTorch.</summary>
public static class SelectionOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>A constant of the common shape: 1 where x &gt; b, else 0.</summary>
        public Variable<T> GreaterThan(Variable<T> b) => x.SideOf(b).EqualTo(x.Tape.Constant(T.One));

        /// <summary>A constant of the common shape: 1 where x &lt; b, else 0.</summary>
        public Variable<T> LessThan(Variable<T> b) => b.GreaterThan(x);

        /// <summary>A constant of the common shape: 1 where x = b, else 0; a NaN equals nothing.</summary>
        public Variable<T> EqualTo(Variable<T> b) => Operation.Elementwise(
            "equal to",
            x.Detach(),
            b.Detach(),
            forward: static (a, b, y) => ScalarFunctions.Map(a, b, y, static (a, b) => a == b ? T.One : T.Zero),
            vjpA: static (a, b, y, dy) => default,
            vjpB: null);

        /// <summary>y = the largest entry, 1x1.  dX = dy at the first of the largest, else 0</summary>
        /// <exception cref="ArgumentException">There are no entries.</exception>
        public Variable<T> Max() => x.Best("max", AllOf(x), Shape.Scalar, largest: true);

        /// <summary>Y = the largest of each column of N x C, 1 x C.  dX = dY at the first of the largest, else 0</summary>
        /// <exception cref="ArgumentException">There are no rows.</exception>
        public Variable<T> MaxOverRows() => x.Best("max over rows", ColumnsOf(x), new Shape(1, x.Columns), largest: true);

        /// <summary>Y = the largest of each row of N x C, N x 1.  dX = dY at the first of the largest, else 0</summary>
        /// <exception cref="ArgumentException">There are no columns.</exception>
        public Variable<T> MaxOverColumns() => x.Best("max over columns", RowsOf(x), new Shape(x.Rows, 1), largest: true);

        /// <summary>y = the smallest entry, 1x1.  dX = dy at the first of the smallest, else 0</summary>
        /// <exception cref="ArgumentException">There are no entries.</exception>
        public Variable<T> Min() => x.Best("min", AllOf(x), Shape.Scalar, largest: false);

        /// <summary>Y = the smallest of each column of N x C, 1 x C.  dX = dY at the first of the smallest, else 0</summary>
        /// <exception cref="ArgumentException">There are no rows.</exception>
        public Variable<T> MinOverRows() => x.Best("min over rows", ColumnsOf(x), new Shape(1, x.Columns), largest: false);

        /// <summary>Y = the smallest of each row of N x C, N x 1.  dX = dY at the first of the smallest, else 0</summary>
        /// <exception cref="ArgumentException">There are no columns.</exception>
        public Variable<T> MinOverColumns() => x.Best("min over columns", RowsOf(x), new Shape(x.Rows, 1), largest: false);

        /// <summary>y = the largest entry, 1x1.  dX = dy shared evenly among the largest, as PyTorch's amax</summary>
        /// <exception cref="ArgumentException">There are no entries.</exception>
        public Variable<T> AMax() => x.Shared("amax", AllOf(x), Shape.Scalar, largest: true);

        /// <summary>Y = the largest of each column of N x C, 1 x C.  dX = dY shared evenly among the largest</summary>
        /// <exception cref="ArgumentException">There are no rows.</exception>
        public Variable<T> AMaxOverRows() => x.Shared("amax over rows", ColumnsOf(x), new Shape(1, x.Columns), largest: true);

        /// <summary>Y = the largest of each row of N x C, N x 1.  dX = dY shared evenly among the largest</summary>
        /// <exception cref="ArgumentException">There are no columns.</exception>
        public Variable<T> AMaxOverColumns() => x.Shared("amax over columns", RowsOf(x), new Shape(x.Rows, 1), largest: true);

        /// <summary>y = the smallest entry, 1x1.  dX = dy shared evenly among the smallest, as PyTorch's amin</summary>
        /// <exception cref="ArgumentException">There are no entries.</exception>
        public Variable<T> AMin() => x.Shared("amin", AllOf(x), Shape.Scalar, largest: false);

        /// <summary>The row of the largest entry of each column, the first of equals: C numbers in 0..N-1.</summary>
        /// <exception cref="ArgumentException">There are no rows.</exception>
        public int[] ArgMaxOverRows() => Winners(x, "arg-max over rows", ColumnsOf(x));

        /// <summary>The column of the largest entry of each row, the first of equals: N numbers in 0..C-1.</summary>
        /// <exception cref="ArgumentException">There are no columns.</exception>
        public int[] ArgMaxOverColumns() => Winners(x, "arg-max over columns", RowsOf(x));

        private Variable<T> Best(string name, EntryGroups groups, Shape shape, bool largest) =>
            x.AtWinners(name, Noted(x, NotEmpty(name, groups), largest).Detach(), groups, shape, largest);

        /// <summary>y[g] = x at the place where the key wins in group g.  dX = dy there, else 0</summary>
        private Variable<T> AtWinners(string name, Variable<T> key, EntryGroups groups, Shape shape, bool largest) => Operation.Unary(
            name,
            x,
            shape,
            (Key: key, Groups: groups, Largest: largest),
            forward: static (x, y, call) => call.Groups.AtWinners<T>(call.Key.Node.Buffer.Data, x.Data(), y.Data(), call.Largest),
            vjp: static (x, y, dy, call) => dy.ToWinners(call.Key, call.Groups, call.Largest));

        /// <summary>Y = x[g] at the place where the key wins in group g, else 0.  dx = dY there</summary>
        private Variable<T> ToWinners(Variable<T> key, EntryGroups groups, bool largest) => Operation.Unary(
            "to winners",
            x,
            key.Shape,
            (Key: key, Groups: groups, Largest: largest, From: x.Shape),
            forward: static (x, y, call) => call.Groups.ToWinners<T>(call.Key.Node.Buffer.Data, x.Data(), y.Data(), call.Largest),
            vjp: static (x, y, dy, call) => dy.AtWinners("at winners", call.Key, call.Groups, call.From, call.Largest));

        private Variable<T> Shared(string name, EntryGroups groups, Shape shape, bool largest) => Operation.Unary(
            name,
            Noted(x, NotEmpty(name, groups), largest),
            shape,
            (Groups: groups, Largest: largest),
            forward: static (x, y, call) => call.Groups.AtWinners<T>(x.Data(), x.Data(), y.Data(), call.Largest),
            vjp: static (x, y, dy, call) => dy.ShareAmong(x.EqualTo(y)));

        /// <summary>Y = x, divided by how many entries of the mask it reaches, at those entries, else 0.</summary>
        private Variable<T> ShareAmong(Variable<T> mask) => (x / Sums.SumTo(mask, x.Shape)).BroadcastTo(mask.Shape).BySide(mask, 0, 0, 1);
    }

    /// <summary>y = a where the condition is not 0, else b, of the common shape; a NaN condition counts as 0.  da = dy where a was taken, db = dy where b was; else 0</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="condition">What decides, such as a comparison; no gradient goes to it.</param>
    /// <param name="a">Taken where it holds.</param>
    /// <param name="b">Taken elsewhere. What is not taken has no part in the value and gets a gradient of 0, infinite or NaN as it may be.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> Where<T>(Variable<T> condition, Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        Shape shape = Common(Common(condition.Shape, a.Shape), b.Shape);
        return Operation.Nary(
            "where",
            [condition.Detach().BroadcastTo(shape), a.BroadcastTo(shape), b.BroadcastTo(shape)],
            shape,
            forward: static (inputs, y) =>
            {
                ReadOnlySpan<T> condition = inputs[0].Node.Buffer.Data, a = inputs[1].Node.Buffer.Data, b = inputs[2].Node.Buffer.Data;
                Span<T> result = y.Data();
                for (int i = 0; i < result.Length; i++)
                    result[i] = condition[i] != T.Zero & !T.IsNaN(condition[i]) ? a[i] : b[i];
            },
            vjp: static (index, inputs, y, dy) => index switch
            {
                0 => default,
                1 => dy.BySide(inputs[0], 1, 0, 1),
                _ => dy.BySide(inputs[0], 0, 1, 0),
            });
    }

    private static Shape Common(Shape a, Shape b) => Shape.TryBroadcast(a, b, out Shape common) ? common : throw new ArgumentException(
        $"'where' of {a} and {b}: each side must be equal or 1.");

    private static EntryGroups AllOf<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => EntryGroups.All(x.Rows, x.Columns);

    private static EntryGroups ColumnsOf<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => EntryGroups.Columns(x.Rows, x.Columns);

    private static EntryGroups RowsOf<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => EntryGroups.Rows(x.Rows, x.Columns);

    private static EntryGroups NotEmpty(string operation, EntryGroups groups) => groups.Length > 0 ? groups : throw new ArgumentException(
        $"'{operation}' of a matrix without entries to choose from.");

    private static int[] Winners<T>(Variable<T> x, string operation, EntryGroups groups)
        where T : struct, IFloatingPointIeee754<T>
    {
        int[] winners = new int[NotEmpty(operation, groups).Count];
        for (int group = 0; group < winners.Length; group++)
            winners[group] = groups.Winner<T>(x.Node.Buffer.Data, group, largest: true);
        return winners;
    }

    /// <summary>While a check runs, notes who wins and who ties with the winner.</summary>
    private static Variable<T> Noted<T>(Variable<T> x, EntryGroups groups, bool largest)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (x.Tape.Branches is not { } branches)
            return x;
        ReadOnlySpan<T> values = x.Node.Buffer.Data;
        for (int group = 0; group < groups.Count; group++)
        {
            int winner = groups.Winner(values, group, largest);
            for (int entry = 0; entry < groups.Length; entry++)
            {
                T against = values[groups.Place(group, winner)];
                branches.Compare<T>([values[groups.Place(group, entry)]], entry == winner ? T.PositiveInfinity : against);
            }
        }

        return x;
    }
}
