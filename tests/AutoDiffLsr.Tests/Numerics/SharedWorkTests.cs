using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

/// <summary>Jobs of independent parts that helper threads take a share of.</summary>
public sealed class SharedWorkTests
{
    [Fact]
    public void What_a_part_throws_on_a_helper_reaches_the_caller()
    {
        // A helper may come too late for a short job: try until one took part.
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            FailsElsewhere work = new(Environment.CurrentManagedThreadId);
            Exception? error = Record.Exception(() => work.Run(parts: 16, threads: 2));
            if (!work.WasHelped)
            {
                Assert.Null(error);
                continue;
            }

            Assert.Equal("on a helper", Assert.IsType<InvalidOperationException>(error).Message);
            Assert.Equal(16, work.Done);
            return;
        }

        Assert.Skip("No helper thread took part in 2,000 jobs: this machine has no core for one.");
    }

    [Fact]
    public void A_job_is_not_offered_over_another_one()
    {
        for (int attempt = 0; attempt < 10_000; attempt++)
        {
            FailsElsewhere first = new(0), second = new(0);
            if (!HelperThreads.TryOffer(first, 1))
            {
                Thread.Yield();
                continue;
            }

            bool isOfferedToo = HelperThreads.TryOffer(second, 1);
            HelperThreads.Withdraw(helped: true);
            Assert.False(isOfferedToo);
            return;
        }

        Assert.Skip("Other work had the helpers all the time.");
    }

    private sealed class FailsElsewhere(int caller) : SharedWork
    {
        private int done, helped;

        public bool WasHelped => Volatile.Read(ref helped) > 0;

        public int Done => Volatile.Read(ref done);

        protected override void RunPart(int part)
        {
            Interlocked.Increment(ref done);
            Thread.SpinWait(20_000);
            if (Environment.CurrentManagedThreadId == caller)
                return;
            Interlocked.Increment(ref helped);
            throw new InvalidOperationException("on a helper");
        }
    }
}
