using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

public sealed class ComputeTests
{
    [Fact]
    public void Fewer_than_one_thread_is_refused_with_what_would_be_right()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Compute.Threads = 0);
        Assert.Contains("Threads is 0; at least 1", error.Message);
    }
}
