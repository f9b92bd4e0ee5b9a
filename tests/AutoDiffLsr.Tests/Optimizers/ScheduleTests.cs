using AutoDiffLsr.Optimizers;
using Xunit;

namespace AutoDiffLsr.Tests.Optimizers;

public sealed class ScheduleTests
{
    [Fact]
    public void Constant_is_one() => Assert.Equal((1.0, 1.0), (Schedule.Constant.Factor(0), Schedule.Constant.Factor(1e9)));

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(2.999, 1.0)]
    [InlineData(3, 0.1)]
    [InlineData(7, 0.01)]
    [InlineData(100, 0.01)]
    public void Multi_step_multiplies_at_each_milestone(double position, double factor) =>
        Assert.Equal(factor, Schedule.MultiStep(0.1, 3, 7).Factor(position), 1e-15);

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(2.5, 0.8681980515339464)] // 0.1 + 0.9·(1 + cos(π/4)) / 2
    [InlineData(5, 0.55)]
    [InlineData(10, 0.1)]
    [InlineData(20, 0.1)]
    public void Cosine_falls_to_its_floor_and_stays(double position, double factor) =>
        Assert.Equal(factor, Schedule.Cosine(10, floor: 0.1).Factor(position), 1e-15);

    /// <summary>torch.optim.lr_scheduler.ExponentialLR(gamma=0.9) and CyclicLR(base_lr=0.1, max_lr=1, step_size_up=2), by step.</summary>
    [Fact]
    public void Exponential_and_cyclic_are_those_of_PyTorch()
    {
        Assert.Equal([1, 0.9, 0.81, 0.729], Enumerable.Range(0, 4).Select(step => Schedule.Exponential(0.9).Factor(step)), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([0.1, 0.55, 1, 0.55, 0.1, 0.55, 1], Enumerable.Range(0, 7).Select(step => Schedule.Cyclic(4, 0.1).Factor(step)), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    /// <summary>By hand: patience 1, so the second value in a row without improvement halves the rate; after that two values rest.</summary>
    [Fact]
    public void A_plateau_halves_the_rate_and_rests_and_stops_at_the_floor()
    {
        Schedule schedule = Schedule.ReduceOnPlateau(0.5, patience: 1, threshold: 0.01, cooldown: 2, floor: 0.2);
        double[] measured = [1, 0.995, 1.2, 2, 2, 2, 2, 0.5, 0.4, 0.6, double.NaN, 1, 1, 1, 1, 1, 1, 1, 1];
        double[] factors = [1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2];
        for (int i = 0; i < factors.Length; i++)
            Assert.Equal(factors[i], schedule.Factor(i, measured.AsSpan(0, i)));
        Assert.Equal(1, schedule.Factor(7));
    }

    [Fact]
    public void A_plateau_takes_either_direction_any_sign_and_a_place_in_a_sequence()
    {
        Schedule schedule = Schedule.ReduceOnPlateau(0.1, patience: 0, threshold: 0.1);
        Assert.Equal(1, schedule.Factor(3, [1, 1.2, 1.4], lowerIsBetter: false));
        Assert.Equal(0.1, schedule.Factor(2, [1, 1.05], lowerIsBetter: false));
        Assert.Equal(1, schedule.Factor(2, [-1, -1.2]));
        Assert.Equal(0.1, schedule.Factor(2, [-1, -1.05]));
        Assert.Equal(1, schedule.Factor(2, [double.NaN, 1]) / 0.1, 1e-15);

        // What was measured before a schedule began is none of its business.
        Schedule later = Schedule.Constant.For(2).Then(schedule);
        Assert.Equal(1, later.Factor(3, [1, 2, 3]));
        Assert.Equal(0.1, later.Factor(4, [1, 2, 3, 3]));
        Assert.Equal(0.1, schedule.For(2).Factor(9, [1, 1, 1, 1]));
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.4)]
    [InlineData(4, 1.0)]
    [InlineData(9, 1.0)]
    public void Warm_up_rises_along_a_line_and_stays(double position, double factor) =>
        Assert.Equal(factor, Schedule.LinearWarmup(4, start: 0.2).Factor(position), 1e-15);

    [Fact]
    public void Schedules_follow_one_another_each_from_its_own_zero()
    {
        Schedule schedule = Schedule.LinearWarmup(2, start: 0).Then(Schedule.Constant.For(3)).Then(Schedule.Cosine(4));
        Assert.Equal(9, schedule.Length);
        Assert.Equal(
            [0, 0.5, 1, 1, 1, 1, Schedule.Cosine(4).Factor(1), 0.5, Schedule.Cosine(4).Factor(3), 0, 0],
            Enumerable.Range(0, 11).Select(position => Math.Round(schedule.Factor(position), 15)).ToArray(),
            (expected, actual) => Math.Abs(expected - actual) < 1e-14);
        Assert.Equal("linear warm-up over 2, then constant for 3, then cosine over 4", schedule.Description);
    }

    [Fact]
    public void The_next_schedule_begins_exactly_where_the_first_one_ends()
    {
        Schedule schedule = Schedule.Constant.For(3).Then(Schedule.LinearWarmup(4, start: 0.25));
        Assert.Equal((1.0, 0.25), (schedule.Factor(Math.BitDecrement(3.0)), schedule.Factor(3)));
    }

    [Fact]
    public void Nothing_can_follow_a_schedule_without_end() =>
        Assert.Contains("cut it with For", Assert.Throws<InvalidOperationException>(() => Schedule.Constant.Then(Schedule.Cosine(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Contains("milestones[1] is 3, after 3", Assert.Throws<ArgumentException>(() => Schedule.MultiStep(0.1, 3, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("milestones[1] is NaN", Assert.Throws<ArgumentException>(() => Schedule.MultiStep(0.1, 3, double.NaN)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant.Factor(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant.Factor(double.NaN));
    }
}
