using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>
/// A layer lists what it uses: a parameter that its forward pass takes and that no list has is not trained and not saved, and a layer inside that no list has
/// is not switched between training and evaluation.
/// </summary>
internal sealed class ListingCheck : ICheck
{
    public CheckKind Kind => CheckKind.Listing;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        if (context.Function.Layer is not { } layer)
            return CheckResult.Pass(Kind);
        Parameter<double>[] listed = [.. layer.Parameters], named = [.. layer.NamedParameters().Select(parameter => parameter.Parameter).Distinct()];
        Parameter<double>[] unlisted = [.. context.Function.FoundParameters];
        if (unlisted.Length > 0)
            return Fail($"Its forward pass uses {Names(unlisted)}, which neither its Parameters nor its Children list: an optimizer does not train {Them(unlisted)}, and a file does not hold {Them(unlisted)}.{Owners(layer, unlisted)}");
        Parameter<double>[] unnamed = [.. listed.Except(named)], onlyNamed = [.. named.Except(listed)];
        if (onlyNamed.Length > 0)
            return Fail($"Its Children have {Names(onlyNamed)}, which its Parameters do not list: an optimizer does not train {Them(onlyNamed)}.");
        if (unnamed.Length > 0)
            return Fail($"Its Parameters list {Names(unnamed)}, which NamedParameters() does not name: a file does not hold {Them(unnamed)}.");
        return Stateful(layer) is { } inside
            ? Fail($"The layer in {inside.Place} ({inside.Layer.Description}) is not in Children: it is not switched between training and evaluation, and what it remembers is not saved.")
            : CheckResult.Pass(Kind);
    }

    private CheckResult Fail(string detail) => CheckResult.Fail(Kind, double.PositiveInfinity, detail);

    private static string Names(Parameter<double>[] parameters) =>
        $"the parameter{(parameters.Length == 1 ? "" : "s")} {string.Join(", ", parameters.Select(parameter => $"'{parameter.Name}' {parameter.Shape}"))}";

    private static string Them(Parameter<double>[] parameters) => parameters.Length == 1 ? "it" : "them";

    /// <summary>Which layers the parameters belong to, as far as fields tell.</summary>
    private static string Owners(Layer<double> layer, Parameter<double>[] parameters)
    {
        string[] owners = [.. Inside(layer).Where(inside => inside.Layer.Parameters.Intersect(parameters).Any()).Select(inside => $"the layer in {inside.Place} ({inside.Layer.Description})").Distinct()];
        return owners.Length == 0 ? " List it in Parameters." : $" List {string.Join(" and ", owners)} in Children.";
    }

    /// <summary>A layer in a field that remembers something and is listed nowhere.</summary>
    private static (string Place, Layer<double> Layer)? Stateful(Layer<double> layer)
    {
        HashSet<Layer<double>> reached = [.. All(layer)];
        return Inside(layer)
            .Where(inside => !reached.Contains(inside.Layer) && (inside.Layer.NamedCounters().Count > 0 || inside.Layer.NamedBuffers().Count > 0))
            .Select(inside => ((string, Layer<double>)?)inside)
            .FirstOrDefault();
    }

    private static IEnumerable<Layer<double>> All(Layer<double> layer) => layer.Children.SelectMany(All).Prepend(layer);

    /// <summary>The layers in the fields of a layer and of those that it lists, with the names of the fields.</summary>
    private static IEnumerable<(string Place, Layer<double> Layer)> Inside(Layer<double> layer) => All(layer).SelectMany(Fields);

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Where fields are trimmed away, a layer in one is not named; a parameter is found without them.")]
    private static IEnumerable<(string Place, Layer<double> Layer)> Fields(Layer<double> layer)
    {
        for (Type? type = layer.GetType(); type is not null && type != typeof(Layer<double>); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                string place = $"field '{NameOf(field)}'";
                foreach (Layer<double> inside in LayersIn(field.GetValue(layer)))
                    yield return (place, inside);
            }
        }
    }

    private static IEnumerable<Layer<double>> LayersIn(object? value) => value switch
    {
        Layer<double> layer => [layer],
        IEnumerable many and not string => many.OfType<Layer<double>>(),
        _ => [],
    };

    /// <summary>"Head" of the field behind a property Head.</summary>
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
