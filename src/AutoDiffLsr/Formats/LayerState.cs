using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Data;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Formats;

/// <summary>
/// What of a layer stands in a file, under the names and in the shapes of PyTorch's <c>state_dict</c>: parameters, buffers and counters. Random
/// states are no part of it; PyTorch would refuse them.
/// </summary>
internal sealed class LayerState<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly List<Item> items = [];
    private readonly List<NamedCounter> counters;

    public LayerState(Layer<T> layer)
    {
        HashSet<Parameter<T>> tables = [];
        CollectTables(layer, tables);
        foreach (NamedParameter<T> named in layer.NamedParameters())
            items.Add(new(named.Name, ShapeInFile(named.Parameter.Shape, tables.Contains(named.Parameter)), named.Parameter.Data, named.Parameter));
        foreach (NamedTensor<T> named in layer.NamedBuffers())
            items.Add(new(named.Name, ShapeInFile(new(named.Value.RowCount, named.Value.ColumnCount), isTable: false), named.Value.Data(), null));
        counters = [.. layer.NamedCounters().Where(counter => !counter.Name.EndsWith("random_state", StringComparison.Ordinal))];
    }

    public void AddTo(SafetensorsWriter writer, string prefix = "")
    {
        foreach (Item item in items)
            writer.Add<T>(prefix + item.Name, item.Data, item.Shape);
        foreach (NamedCounter counter in counters)
            writer.Add<long>(prefix + counter.Name, new[] { (long)counter.Value });
    }

    /// <summary>Checks everything, then reads everything: a file that does not fit leaves the layer as it was.</summary>
    public void ReadFrom(SafetensorsReader reader, string prefix = "", bool requireFinite = true)
    {
        Check(reader, prefix, requireFinite);
        foreach (Item item in items)
            reader.Read(reader.Find(prefix + item.Name)!, item.Parameter is null ? item.Data : item.Parameter.Update());
        long[] number = new long[1];
        foreach (NamedCounter counter in counters)
        {
            reader.Read<long>(reader.Find(prefix + counter.Name)!, number);
            counter.Value = (ulong)number[0];
        }
    }

    private void Check(SafetensorsReader reader, string prefix, bool requireFinite)
    {
        HashSet<string> expected = new(StringComparer.Ordinal);
        foreach (Item item in items)
        {
            expected.Add(prefix + item.Name);
            TensorEntry entry = Require(reader, prefix + item.Name, item.Shape);
            reader.RequireType<T>(entry);
            if (requireFinite)
                reader.RequireFinite(entry);
        }

        foreach (NamedCounter counter in counters)
        {
            expected.Add(prefix + counter.Name);
            reader.RequireType<long>(Require(reader, prefix + counter.Name, []));
        }

        string[] unknown = [.. reader.Tensors.Select(entry => entry.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !expected.Contains(name))];
        if (unknown.Length > 0)
            throw ModelFileException.At(reader.Name, $"tensors that the model does not have: {Listing.Of(unknown)}", $"only {Listing.Of([.. expected])}");
    }

    internal static TensorEntry Require(SafetensorsReader reader, string name, ReadOnlySpan<long> shape)
    {
        TensorEntry entry = reader.Find(name)
            ?? throw ModelFileException.At(reader.Name, $"no tensor {OneLine.Quote(name)}, only {Listing.Of([.. reader.Tensors.Select(entry => entry.Name)])}", "the tensors of the model");
        return entry.Shape.ToArray().AsSpan().SequenceEqual(shape) ? entry : throw ModelFileException.At(
            reader.Name, $"tensor {OneLine.Quote(name)} of shape {TensorEntry.ShapeText(entry.Shape)}", $"{TensorEntry.ShapeText(shape.ToArray())} for the model");
    }

    /// <summary>
    /// A matrix of r x c is stored column by column, which is c x r row by row. One row is a vector in PyTorch, unless it is the weight of a dense
    /// layer of one input.
    /// </summary>
    private static long[] ShapeInFile(Shape shape, bool isTable) =>
        shape.Rows == 1 && !isTable ? [shape.Columns] : [shape.Columns, shape.Rows];

    private static void CollectTables(Layer<T> layer, HashSet<Parameter<T>> tables)
    {
        if (layer is Dense<T> dense)
            tables.Add(dense.Weight);
        foreach (Layer<T> child in layer.Children)
            CollectTables(child, tables);
    }

    private sealed record Item(string Name, long[] Shape, T[] Data, Parameter<T>? Parameter);
}
