using System.Globalization;
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Cli.Commands.Plot.Tape;

/// <summary>What a tape recorded, and the gradients of its last entry, as boxes and arrows.</summary>
/// <param name="Nodes">Inputs come before what is computed from them.</param>
internal sealed record TapeGraph(IReadOnlyList<TapeGraphNode> Nodes)
{
    private const int MostRows = 4, MostColumns = 4;

    /// <summary>The graph of a loss.</summary>
    public static TapeGraph Of(Variable<double> loss)
    {
        IReadOnlyList<TapeEntry<double>> entries = loss.Tape.Entries();
        Gradients<double> gradients = loss.Tape.Gradients(loss, [.. entries.Select(entry => entry.Variable)]);
        Dictionary<Variable<double>, string> ids = [];
        List<TapeGraphNode> nodes = [];
        for (int i = 0; i < entries.Count; i++)
        {
            foreach (Variable<double> input in entries[i].Inputs.Where(input => !ids.ContainsKey(input)))
            {
                ids[input] = $"c{nodes.Count(node => node.Kind == TapeGraphNodeKind.Constant)}";
                nodes.Add(new TapeGraphNode(ids[input], Title(input), Lines(input.Value), [], [], TapeGraphNodeKind.Constant));
            }

            Variable<double> variable = entries[i].Variable;
            ids[variable] = $"n{i}";
            TapeGraphNodeKind kind = entries[i].Inputs.Count == 0 ? TapeGraphNodeKind.Parameter : TapeGraphNodeKind.Operation;
            nodes.Add(new TapeGraphNode(ids[variable], Title(variable), Lines(variable.Value), Lines(gradients[i].Value), [.. entries[i].Inputs.Select(input => ids[input])], kind));
        }

        return new TapeGraph(nodes);
    }

    /// <summary>How many steps a box is away from the boxes without inputs.</summary>
    public IReadOnlyDictionary<string, int> Depths()
    {
        Dictionary<string, int> depths = [];
        foreach (TapeGraphNode node in Nodes)
            depths[node.Id] = node.Inputs.Count == 0 ? 0 : 1 + node.Inputs.Max(input => depths[input]);

        // An entry without inputs is placed right above its first use.
        foreach (TapeGraphNode node in Nodes.Where(node => node.Inputs.Count == 0))
            depths[node.Id] = Math.Max(0, Nodes.Where(user => user.Inputs.Contains(node.Id)).Select(user => depths[user.Id]).DefaultIfEmpty(1).Min() - 1);
        return depths;
    }

    /// <summary>Which input of its first user a box is.</summary>
    public int PlaceAtFirstUse(string id) => Nodes.FirstOrDefault(user => user.Inputs.Contains(id))?.Inputs.ToList().IndexOf(id) ?? 0;

    private static string Title(Variable<double> variable) => $"{variable.Name} {variable.Shape}";

    private static List<string> Lines(Matrix<double> matrix)
    {
        List<string> lines = [];
        for (int row = 0; row < Math.Min(matrix.RowCount, MostRows); row++)
        {
            string numbers = string.Join(' ', matrix.Row(row).Take(MostColumns).Select(value => value.ToString("0.000;-0.000;0", CultureInfo.InvariantCulture).PadLeft(6)));
            lines.Add(matrix.ColumnCount > MostColumns ? numbers + " …" : numbers);
        }

        if (matrix.RowCount > MostRows)
            lines.Add("…");
        return lines;
    }
}
