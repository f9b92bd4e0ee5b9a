using Xunit;

namespace AutoDiffLsr.Tests.Docs.Course;

/// <summary>Solutions of the exercises of docs/learn/02-the-tape.md.</summary>
public sealed class Page02Solutions
{
    [Fact]
    public void Division_has_the_slopes_of_the_quotient_rule()
    {
        ScalarTape tape = new();
        Number a = tape.Add(3), b = tape.Add(4), y = a / b;
        double[] gradients = tape.Gradients(y);
        Assert.Equal(0.75, y.Value);
        Assert.Equal(1.0 / 4, gradients[a.Place]);
        Assert.Equal(-3.0 / 16, gradients[b.Place]);
    }

    [Fact]
    public void A_doubling_chain_takes_the_wrong_walk_exponentially_long()
    {
        ScalarTape tape = new();
        Number a = tape.Add(1), b = a;
        for (int i = 0; i < 30; i++)
            b += b;
        Assert.Equal(1 << 30, tape.Gradients(b)[a.Place]);

        // The right walk passes on twice at each entry. The wrong one goes from each use to the end again: 2 + 4 + 8 + ... times.
        long right = 2 * 30, wrong = Enumerable.Range(1, 30).Sum(depth => 1L << depth);
        Assert.Equal(60, right);
        Assert.Equal(2_147_483_646, wrong);
    }

    /// <summary>b is visited on its first use, with half of its gradient, and not again when the other half arrives.</summary>
    [Fact]
    public void Visiting_once_in_depth_first_order_is_wrong_too()
    {
        ScalarTape tape = new();
        Number a = tape.Add(1), b = a + a, c = b + b;
        Assert.Equal(4, tape.Gradients(c)[a.Place]);
        Assert.Equal(2, tape.VisitingOnce(c)[a.Place]);
    }

    /// <summary>The tape of the page, with a division.</summary>
    private sealed class ScalarTape
    {
        private readonly List<(int Input, double Slope)[]> entries = [];

        public Number Add(double value, params (int Input, double Slope)[] inputs)
        {
            entries.Add(inputs);
            return new Number(this, entries.Count - 1, value);
        }

        public double[] Gradients(Number y)
        {
            double[] gradients = new double[entries.Count];
            gradients[y.Place] = 1;
            for (int place = y.Place; place >= 0; place--)
            {
                foreach ((int input, double slope) in entries[place])
                    gradients[input] += slope * gradients[place];
            }

            return gradients;
        }

        public double[] VisitingOnce(Number y)
        {
            double[] gradients = new double[entries.Count];
            HashSet<int> visited = [];
            gradients[y.Place] = 1;
            Visit(y.Place);
            return gradients;

            void Visit(int place)
            {
                if (!visited.Add(place))
                    return;
                foreach ((int input, double slope) in entries[place])
                {
                    gradients[input] += slope * gradients[place];
                    Visit(input);
                }
            }
        }
    }

    private readonly record struct Number(ScalarTape Tape, int Place, double Value)
    {
        public static Number operator +(Number a, Number b) => a.Tape.Add(a.Value + b.Value, (a.Place, 1), (b.Place, 1));

        public static Number operator /(Number a, Number b) => a.Tape.Add(a.Value / b.Value, (a.Place, 1 / b.Value), (b.Place, -a.Value / (b.Value * b.Value)));
    }
}
