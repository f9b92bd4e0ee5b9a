using AutoDiffLsr.Experiments;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments;

public sealed class LossCostTests
{
    [Fact]
    public void The_one_hot_matrix_and_the_published_structure_take_memory_that_one_pass_does_not()
    {
        var costs = LossCost.Measure(500, TestContext.Current.CancellationToken).ToDictionary(cost => cost.Method);
        long gradient = 128L * 500 * sizeof(float);
        Assert.InRange(costs[LossCostMethod.MarginSparse].Bytes, gradient, 1.5 * gradient);
        Assert.InRange(costs[LossCostMethod.FusedLabelSmoothing].Bytes, gradient, 1.5 * gradient);
        Assert.True(costs[LossCostMethod.PublishedSparse].Bytes > 2 * gradient);
        Assert.True(costs[LossCostMethod.OneHotLabelSmoothing].Bytes > costs[LossCostMethod.PublishedSparse].Bytes);
        Assert.All(costs.Values, cost => Assert.True(cost.Seconds > 0));
    }

    [Fact]
    public void A_measurement_can_be_cancelled() => Assert.Throws<OperationCanceledException>(() => LossCost.Measure(10, new CancellationToken(canceled: true)));
}
