// A gradient that somebody wrote by hand, without a tape: the checking kit holds it against the function.
// dotnet run foreign-gradient.cs
#:project ../../src/AutoDiffLsr.Checking/AutoDiffLsr.Checking.csproj
#nullable enable
using AutoDiffLsr.Checking;

static class ForeignGradient
{
    static void Main()
    {
        double[] x = [-1.2, 1, 0.7];
        CheckReport right = GradientCheck.Check(Rosenbrock, Right, x), wrong = GradientCheck.Check(Rosenbrock, Wrong, x);
        Console.WriteLine($"{right.Outcome}; {wrong.Outcome}, at entry [1]: {wrong.ToString().Contains("wrong at entry [1]")}");
    }

    static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(1 - x[i], 2));

    static double[] Right(double[] x)
    {
        double[] gradient = new double[x.Length];
        for (int i = 0; i < x.Length - 1; i++)
        {
            double gap = x[i + 1] - (x[i] * x[i]);
            gradient[i] += (-400 * x[i] * gap) - (2 * (1 - x[i]));
            gradient[i + 1] += 200 * gap;
        }

        return gradient;
    }

    // The second term of an inner entry is left out.
    static double[] Wrong(double[] x)
    {
        double[] gradient = Right(x);
        gradient[1] -= 200 * (x[1] - (x[0] * x[0]));
        return gradient;
    }
}
// prints: Passed; Failed, at entry [1]: True
