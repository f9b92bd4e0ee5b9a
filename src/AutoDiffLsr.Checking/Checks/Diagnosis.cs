using System.Text;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>After a failure: the whole Jacobian by coordinates, to say which entry of which input is wrong, through which output, and how.</summary>
internal sealed class Diagnosis(Problem problem, LineDerivative line, CheckOptions options, double[] weights, double[][] gradient)
{
    private const int MaxOutputs = 256;

    public string Explain(Comparison along)
    {
        StringBuilder text = new();
        Finding[] slots = [.. problem.Slots.Select((_, s) => Find(s))];
        Finding worst = slots.MaxBy(finding => finding.Wrong.Count == 0 ? -1 : finding.Worst.Compared.Ratio)!;
        if (worst.Wrong.Count == 0)
            text.Append("No single entry is wrong beyond its tolerance, only all together along a random direction:\n").Append(Values(along));
        else
            Describe(text, worst);
        foreach (Finding finding in slots)
            text.Append('\n').Append(finding.Summary(problem.Slots[finding.Slot].Name));
        text.Append($"\nalong the random direction: analytic {along.Analytic:G9}, numeric {along.Numeric.Value:G9} ± {along.Numeric.Error:G2}, tolerance {along.Tolerance:G2}");
        return text.ToString();
    }

    private static string Values(Comparison compared) =>
        $"analytic {compared.Analytic:G9}\nnumeric  {compared.Numeric.Value:G9} ± {compared.Numeric.Error:G2} (step {compared.Numeric.Step:G2})";

    private void Describe(StringBuilder text, Finding worst)
    {
        Slot slot = problem.Slots[worst.Slot];
        (int index, Comparison compared) = worst.Worst;
        text.Append($"The gradient for {slot.Name} ({slot.Shape}) is wrong at entry {slot.Entry(index)}");
        text.Append(WorstOutput(worst.Slot, index) is { } output ? $", through {output.Name}:\n{Values(output.Compared)}" : $":\n{Values(compared)}");
    }

    private Finding Find(int slot)
    {
        List<(int Index, Comparison Compared)> wrong = [];
        for (int index = 0; index < problem.At[slot].Length; index++)
        {
            Comparison compared = Comparison.Of(line, options, Unit(slot, index), weights, gradient);
            if (compared.IsWrong)
                wrong.Add((index, compared));
        }

        return new(slot, problem.At[slot].Length, wrong);
    }

    /// <summary>The row of the Jacobian in which an entry is most wrong.</summary>
    private (string Name, Comparison Compared)? WorstOutput(int slot, int index)
    {
        if (weights.Length is 1 or > MaxOutputs)
            return null;
        (string Name, Comparison Compared)? worst = null;
        for (int output = 0; output < weights.Length; output++)
        {
            double[] one = new double[weights.Length];
            one[output] = 1;
            Comparison compared = Comparison.Of(line, options, Unit(slot, index), one, problem.Vjp(one));
            if (compared.IsWrong && !(compared.Ratio <= (worst?.Compared.Ratio ?? 0)))
                worst = (problem.OutputEntry(output), compared);
        }

        return worst;
    }

    private double[][] Unit(int slot, int index)
    {
        double[][] direction = Point.Zeros(problem.At);
        direction[slot][index] = 1;
        return direction;
    }

    /// <summary>The wrong entries of one slot.</summary>
    private sealed record Finding(int Slot, int Count, List<(int Index, Comparison Compared)> Wrong)
    {
        public (int Index, Comparison Compared) Worst => Wrong.MaxBy(entry => double.IsNaN(entry.Compared.Ratio) ? double.MaxValue : entry.Compared.Ratio);

        public string Summary(string name) => Wrong.Count == 0 ? $"{name}: right" : $"{name}: {Wrong.Count} of {Count} entries wrong{Pattern()}";

        private string Pattern()
        {
            if (Wrong.TrueForAll(entry => entry.Compared.Analytic == 0))
                return ", the analytic gradient there is 0";
            double[] factors = [.. Wrong.Select(entry => entry.Compared.Analytic / entry.Compared.Numeric.Value)];
            bool isConstant = double.IsFinite(factors[0]) && factors[0] != 0 && Array.TrueForAll(factors, factor => Math.Abs(factor - factors[0]) <= 1e-6 * Math.Abs(factors[0]));
            return isConstant ? $", analytic = {factors[0]:G6} x numeric" : "";
        }
    }
}
