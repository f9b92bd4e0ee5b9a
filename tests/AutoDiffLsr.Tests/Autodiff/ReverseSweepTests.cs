using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class ReverseSweepTests : IDisposable
{
    private const int Side = 32, OneBuffer = Side * Side * sizeof(double);

    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private readonly Tape<double> tape = new();

    public void Dispose() => tape.Dispose();

    [Fact]
    public void The_gradient_of_a_variable_by_itself_is_the_cotangent()
    {
        Variable<double> x = tape.Variable(M.Dense(2, 2, 3.0)), cotangent = tape.Constant(M.Dense(2, 2, (i, j) => i - j));
        Assert.Equal(cotangent.Value, tape.Gradient(x, x, cotangent: cotangent).Value);
        Variable<double> y = x.Exp();
        Assert.Equal(cotangent.Value, tape.Gradient(y, y, cotangent: cotangent).Value);
    }

    [Fact]
    public void Gradients_by_results_in_between_stop_there()
    {
        Variable<double> x = Scalar(3), y = x * x, z = 5 * y, loss = z * x;
        Gradients<double> gradients = tape.Gradients(loss, [z, y, x]);
        Assert.Equal((3.0, 15.0, (5 * 9) + (3 * 5 * 6)), (gradients[z].Scalar, gradients[y].Scalar, gradients[x].Scalar));
        Assert.Equal(15.0, tape.Gradient(loss, y).Scalar);
    }

    [Fact]
    public void The_same_variable_asked_for_twice_has_its_gradient_twice()
    {
        Variable<double> x = Scalar(3);
        Gradients<double> gradients = tape.Gradients(x * x, [x, x]);
        Assert.Equal((6.0, 6.0), (gradients[0].Scalar, gradients[1].Scalar));
    }

    [Fact]
    public void Nothing_asked_for_gives_nothing() => Assert.Equal(0, tape.Gradients(Scalar(3), []).Count);

    [Fact]
    public void What_came_after_the_loss_has_a_gradient_of_zeros_whatever_an_earlier_sweep_left()
    {
        Variable<double> x = Scalar(3), y = x * x, later = y * y, last = later * later;
        Assert.Equal(2 * 81.0, tape.Gradient(last, later).Scalar);
        Assert.Equal(0.0, tape.Gradient(y, later).Scalar);
        Gradients<double> both = tape.Gradients(y, [x, later]);
        Assert.Equal((6.0, 0.0), (both[0].Scalar, both[1].Scalar));
    }

    [Fact]
    public void A_sweep_that_failed_leaves_nothing_for_the_next()
    {
        bool fails = true;
        Variable<double> x = Scalar(3), twice = 2 * x;
        Variable<double> moody = Operation.Elementwise(
            "moody", twice, static (x, y) => x.CopyTo(y), (x, y, dy) => fails ? throw new NotSupportedException() : dy);
        Variable<double> loss = moody + (7 * twice) + (11 * x);
        Assert.Throws<NotSupportedException>(() => tape.Gradient(loss, x));
        Assert.True(tape.IsRecording);
        fails = false;
        Assert.Equal(2 + 14 + 11, tape.Gradient(loss, x).Scalar);
        Assert.Equal(2 + 14 + 11, tape.Gradient(loss, x, createGraph: true).Scalar);
    }

    [Fact]
    public void A_gradient_inside_a_rule_is_refused()
    {
        Variable<double> x = Scalar(3), other = x * x;
        Variable<double> y = Operation.Elementwise("nested", x, static (x, y) => x.CopyTo(y), (x, y, dy) => x.Tape.Gradient(other, x));
        Assert.Contains("inside a VJP", Assert.Throws<InvalidOperationException>(() => tape.Gradient(y, x)).Message, StringComparison.Ordinal);
        Assert.Contains("inside a VJP", Assert.Throws<InvalidOperationException>(() => tape.Gradient(y, x, createGraph: true)).Message, StringComparison.Ordinal);
        Assert.Equal(6.0, tape.Gradient(other, x).Scalar);
    }

    [Fact]
    public void A_parameter_changed_that_the_sweep_does_not_pass_is_no_matter()
    {
        Parameter<double> w = new("weight", M.Dense(1, 1, 2.0));
        Variable<double> x = Scalar(3), useless = x * tape.Parameter(w), loss = x * x;
        w.Update()[0] = 4;
        Assert.Equal(6.0, tape.Gradient(loss, x).Scalar);
        Assert.Equal(6.0, tape.Gradient(loss + (0 * useless.Detach()), x).Scalar);
        Assert.Equal(0.0, tape.Gradient(loss, w).Scalar);
        Assert.Throws<InvalidOperationException>(() => tape.Gradient(useless, x));
    }

    [Fact]
    public void A_parameter_may_be_stepped_between_two_losses_as_a_gan_does()
    {
        // PyTorch's order: the discriminator on a detached fake, its step, the discriminator on the fake, the generator's step.
        Parameter<double> g = new("generator", M.Dense(1, 1, 2.0)), d = new("discriminator", M.Dense(1, 1, 5.0));
        Variable<double> fake = tape.Constant(3.0) * tape.Parameter(g), judged = fake.Detach() * tape.Parameter(d);
        Assert.Equal(6.0, tape.Gradient(judged, d).Scalar);
        d.Update()[0] = 7;
        Variable<double> again = fake * tape.Parameter(d);
        Assert.Equal((42.0, 21.0), (again.Scalar, tape.Gradient(again, g).Scalar));
        Assert.Equal(6.0, tape.Gradient(again, d).Scalar);
        Assert.Contains("'discriminator'", Assert.Throws<InvalidOperationException>(() => tape.Gradient(judged + again, d)).Message, StringComparison.Ordinal);
        Assert.Contains("'discriminator'", Assert.Throws<InvalidOperationException>(() => tape.Gradients(judged, [g, d])).Message, StringComparison.Ordinal);
        g.Update()[0] = 1;
        Assert.Equal(6.0, tape.Gradient(again, d).Scalar);
        Assert.Contains("'generator'", Assert.Throws<InvalidOperationException>(() => tape.Gradient(again, g)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_by_parameters_take_a_graph_and_a_cotangent()
    {
        Parameter<double> w = new("weight", M.Dense(1, 2, [2.0, 3.0]));
        Variable<double> cubes = tape.Parameter(w).Power(3), start = tape.Constant(M.Dense(1, 2, [1.0, 10.0]));
        Variable<double> one = tape.Gradient(cubes, w, createGraph: true, cotangent: start), all = tape.Gradients(cubes, [w], createGraph: true, cotangent: start)[w];
        foreach (Variable<double> gradient in new[] { one, all })
        {
            Assert.Equal(M.Dense(1, 2, [12.0, 270.0]), gradient.Value);
            Assert.Equal(M.Dense(1, 2, [12.0, 180.0]), tape.Gradient(gradient.Sum(), w).Value);
        }
    }

    [Fact]
    public void A_loss_of_parameters_that_was_not_recorded_has_no_gradient()
    {
        Parameter<double> w = new("weight", M.Dense(1, 1, 2.0));
        Variable<double> loss;
        using (tape.NoRecording())
            loss = tape.Parameter(w) * 3;
        Assert.Contains("while nothing was recorded", Assert.Throws<InvalidOperationException>(() => tape.Gradients(loss, [w])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_changed_under_way_is_found_though_it_is_not_asked_for()
    {
        Parameter<double> w = new("weight", M.Dense(1, 1, 2.0));
        Variable<double> x = Scalar(3), loss = x * tape.Parameter(w);
        Assert.Equal(2.0, tape.Gradient(loss, x).Scalar);
        w.Update()[0] = 4;
        Assert.Contains("version 0, now 1", Assert.Throws<InvalidOperationException>(() => tape.Gradient(loss, x)).Message, StringComparison.Ordinal);
        tape.Reset();
        x = Scalar(3);
        Assert.Equal(4.0, tape.Gradient(x * tape.Parameter(w), x).Scalar);
    }

    [Fact]
    public void A_branch_that_does_not_reach_the_loss_sends_nothing()
    {
        Variable<double> x = Scalar(3), dead = x.Exp() * x, y = x * x;
        Assert.Equal(6.0, tape.Gradient(y, x).Scalar);
        Assert.Equal(6.0 + (4 * Math.Exp(3)), tape.Gradient(y + dead, x).Scalar, 1e-12);
    }

    [Fact]
    public void A_cotangent_that_several_hold_is_left_whole()
    {
        // The dy of a sum goes to both sides, and the tape's memory is used again at once: each must keep what it was sent.
        Variable<double> x = tape.Variable(M.Dense(2, 2, 0.5)), a = x.Tanh(), b = x.Exp(), c = a + b, d = c + a, e = d + c + b, f = e.Tanh();
        Gradients<double> first = tape.Gradients(f.Sum(), [x, a, b, c, d, e]), recorded = tape.Gradients(f.Sum(), [x, a, b, c, d, e], createGraph: true);
        double t = Math.Tanh(0.5), de = 1 / Math.Pow(Math.Cosh((3 * t) + (3 * Math.Exp(0.5))), 2);
        for (int i = 0; i < first.Count; i++)
            Assert.True((first[i].Value - recorded[i].Value).Enumerate().All(error => Math.Abs(error) <= 1e-15), $"gradient {i}");
        Assert.Equal(3 * de, first[a].Value[0, 0], 1e-15);
        Assert.Equal(3 * de, first[b].Value[1, 1], 1e-15);
        Assert.Equal(de, first[d].Value[1, 0], 1e-18);
        Assert.Equal(2 * first[d].Value[1, 0], first[c].Value[0, 1]);
    }

    [Fact]
    public void What_arrives_from_many_uses_is_added_in_place_of_being_kept()
    {
        Variable<double> x = tape.Variable(M.Dense(Side, Side, 0.5)), loss = tape.Constant(0.0);
        for (int i = 0; i < 40; i++)
            loss += (x * (1.0 + i)).Sum();
        long forward = tape.Bytes;
        Assert.Equal(820.0, tape.Gradient(loss, x).Value[3, 4]);
        Assert.InRange(tape.Bytes - forward, OneBuffer, 6 * OneBuffer);
    }

    [Fact]
    public void A_step_repeated_needs_no_more_memory_whatever_the_sweep_shares()
    {
        Matrix<double> input = M.Dense(Side, Side, 0.5);
        long Step()
        {
            tape.Reset();
            Variable<double> x = tape.Variable(input), y = x;
            for (int i = 0; i < 10; i++)
                y = (y + (y.Tanh() * x)) - x.Exp();
            tape.Gradients(y.Sum(), [x, y]);
            tape.Gradient(y.Sum(), x);
            return tape.Bytes;
        }

        long once = Step();
        for (int i = 0; i < 50; i++)
            Assert.Equal(once, Step());
    }

    [Fact]
    public void Later_sweeps_of_a_step_need_memory_for_their_results_alone()
    {
        Variable<double> x = tape.Variable(M.Dense(Side, Side, 0.5)), y = x;
        for (int i = 0; i < 10; i++)
            y = (y + (y.Tanh() * x)) - x.Exp();
        Variable<double> loss = y.Sum();
        tape.Gradient(loss, x);
        long once = tape.Bytes;
        for (int i = 0; i < 20; i++)
            tape.Gradient(loss, x);
        Assert.InRange(tape.Bytes - once, 20 * OneBuffer, (20 * OneBuffer) + (20 * 16));
    }

    [Fact]
    public void Constants_that_a_rule_makes_live_until_it_is_done()
    {
        Variable<double> x = tape.Variable(M.Dense(2, 2, 0.5)), y = x;
        for (int i = 0; i < 100; i++)
        {
            y = Operation.Elementwise(
                "scaled", y, static (x, y) => x.CopyTo(y), static (x, y, dy) => (dy * x.Tape.Constant(x.Shape, 3.0)) - (dy * x.Tape.Constant(x.Shape, 2.0)));
        }

        Assert.Equal(M.Dense(2, 2, 1.0), tape.Gradient(y.Sum(), x).Value);
        Variable<double> first = tape.Gradient(y.Sum(), x), second = tape.Gradient(2 * y.Sum(), x);
        Assert.Equal((M.Dense(2, 2, 1.0), M.Dense(2, 2, 2.0)), (first.Value, second.Value));
    }

    private Variable<double> Scalar(double value) => tape.Variable(M.Dense(1, 1, value));
}
