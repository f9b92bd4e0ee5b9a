using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>Something with a gradient, at inputs and parameters of its domains, whatever way it is checked.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="names">What messages call each input.</param>
/// <param name="inputs">The inputs, and after them the parameters.</param>
/// <param name="domains">What each may hold.</param>
/// <param name="check">Checks it at inputs.</param>
internal sealed class InputsCase(
    string name,
    IReadOnlyList<string> names,
    IReadOnlyList<Matrix<double>> inputs,
    IReadOnlyList<Domain> domains,
    Func<IReadOnlyList<Matrix<double>>, CheckOptions, CheckReport> check) : GradientCase
{
    public override CheckReport Check(CheckOptions options) => check(inputs, options);

    public override IEnumerable<GradientCase> Shrink() => Shrinkers.Joint(inputs).Where(Suits).Select(smaller => new InputsCase(name, names, smaller, domains, check));

    public override string ToString() => $"{name} with {string.Join(", ", names.Zip(inputs, (of, input) => $"{of} = {FunctionCase.Text(input)}"))}";

    /// <summary>Whether all numbers are in their domains, and the shapes still fit each other: a function that takes only other shapes throws.</summary>
    private bool Suits(Matrix<double>[] candidates)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Exists(value => !domains[i].Contains(value), Zeros.Include))
                return false;
        }

        try
        {
            check(candidates, new CheckOptions { Order = 1, Directions = 1 });
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
