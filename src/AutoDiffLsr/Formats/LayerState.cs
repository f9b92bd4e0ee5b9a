using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Files;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Formats;

/// <summary>
/// The part of a layer that is saved, under the names and in the shapes of PyTorch's <c>state_dict</c>: parameters, buffers and counters. Random
/// states are no part of it; PyTorch would refuse them.
/// </summary>
internal sealed class LayerState<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly List<Item> items = [];
    private readonly List<NamedCounter> counters;

    public LayerState(Layer<T> layer)
    {
        Dictionary<Parameter<T>, long[]> tables = [];
        CollectTables(layer, tables);
        foreach (NamedParameter<T> named in layer.NamedParameters())
            items.Add(new(named.Name, tables.GetValueOrDefault(named.Parameter) ?? [named.Parameter.Shape.Count], named.Parameter.Data, named.Parameter));
        foreach (NamedTensor<T> named in layer.NamedBuffers())
            items.Add(new(named.Name, [named.Value.RowCount * named.Value.ColumnCount], named.Value.Data(), null));
        counters = [.. layer.NamedCounters().Where(counter => !counter.Name.EndsWith("random_state", StringComparison.Ordinal))];
    }

    public void AddTo(SafetensorsWriter writer) =>
        ForEach((name, shape, values) => writer.Add<T>(name, values, shape), (name, value) => writer.Add<long>(name, new[] { value }));

    /// <summary>Hands out each tensor by name, shape in the file and live numbers, then each counter.</summary>
    public void ForEach(Action<string, long[], T[]> tensor, Action<string, long> counter)
    {
        foreach (Item item in items)
            tensor(item.Name, item.Shape, item.Data);
        foreach (NamedCounter named in counters)
            counter(named.Name, (long)named.Value);
    }

    /// <summary>
    /// Checks everything, then reads everything: a file that does not fit leaves the layer as it was. All names of the file may have one more prefix in common,
    /// such as the <c>module.</c> of PyTorch's wrappers.
    /// </summary>
    public void ReadFrom(SafetensorsReader reader, bool requireFinite = true)
    {
        string prefix = PrefixIn(reader);
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

    private IEnumerable<string> Names => items.Select(item => item.Name).Concat(counters.Select(counter => counter.Name));

    /// <summary>The prefix, ending with a dot, under which the file has every name of the layer; empty where there is none.</summary>
    private string PrefixIn(SafetensorsReader reader)
    {
        string[] names = [.. Names];
        if (names.Length == 0 || names.All(name => reader.Find(name) is not null))
            return "";
        return reader.Tensors
            .Select(entry => entry.Name)
            .Where(name => name.EndsWith("." + names[0], StringComparison.Ordinal))
            .Select(name => name[..^names[0].Length])
            .FirstOrDefault(prefix => names.All(name => reader.Find(prefix + name) is not null)) ?? "";
    }

    private void Check(SafetensorsReader reader, string prefix, bool requireFinite)
    {
        string[] expected = [.. Names.Select(name => prefix + name)], found = [.. reader.Tensors.Select(entry => entry.Name)];
        if (expected.FirstOrDefault(name => reader.Find(name) is null) is { } missing)
            throw ModelFileException.At(reader.Name, $"no tensor {OneLine.Quote(missing)}, only {OneLine.List(found)}", $"the tensors of the model: {OneLine.List(expected)}");
        foreach (Item item in items)
        {
            TensorEntry entry = Require(reader, prefix + item.Name, item.Shape);
            reader.RequireType<T>(entry);
            if (requireFinite)
                reader.RequireFinite(entry);
        }

        foreach (NamedCounter counter in counters)
            reader.RequireType<long>(Require(reader, prefix + counter.Name, []));
        string[] unknown = [.. found.Except(expected)];
        if (unknown.Length > 0)
            throw ModelFileException.At(reader.Name, $"tensors that the model does not have: {OneLine.List(unknown)}", $"only {OneLine.List(expected)}");
    }

    internal static TensorEntry Require(SafetensorsReader reader, string name, ReadOnlySpan<long> shape)
    {
        TensorEntry entry = reader.Find(name)
            ?? throw ModelFileException.At(reader.Name, $"no tensor {OneLine.Quote(name)}, only {OneLine.List([.. reader.Tensors.Select(entry => entry.Name)])}", "the tensors of the model");
        return entry.Shape.ToArray().AsSpan().SequenceEqual(shape) ? entry : throw ModelFileException.At(
            reader.Name, $"tensor {OneLine.Quote(name)} of shape {TensorEntry.ShapeText(entry.Shape)}", $"{TensorEntry.ShapeText(shape.ToArray())} for the model");
    }

    /// <summary>
    /// The parameters that are no vectors in PyTorch, with their shapes there. A matrix of r x c is stored column by column, which is c x r row by row.
    /// </summary>
    private static void CollectTables(Layer<T> layer, Dictionary<Parameter<T>, long[]> tables)
    {
        if (layer is Dense<T> dense)
            tables[dense.Weight] = [dense.Outputs, dense.Inputs];
        else if (layer is Embedding<T> embedding)
            tables[embedding.Weight] = [embedding.Count, embedding.Width];
        else if (layer is Conv2D<T> convolution)
            tables[convolution.Weight] = ShapeInFile(convolution.Shape);
        foreach (Layer<T> child in layer.Children)
            CollectTables(child, tables);
    }

    /// <summary>K x C / groups x kernel height x kernel width.</summary>
    public static long[] ShapeInFile(ConvolutionShape shape) => [shape.Output.Channels, shape.Input.Channels / shape.Groups, shape.Kernel.Height, shape.Kernel.Width];

    private sealed record Item(string Name, long[] Shape, T[] Data, Parameter<T>? Parameter);
}
