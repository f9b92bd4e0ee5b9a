using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Tests.Cli;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cluster;

/// <summary>Searches on workers that are processes of their own.</summary>
public sealed class ClusterSearchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Search =
    [
        "search", "--data", "blobs", "--rows", "120", "--population", "8", "--generations", "4", "--hidden", "16", "--steps", "250", "--meta-steps", "80", "--rejection", "none", "--seeds", "2",
        "--tuning-runs", "4",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Three_workers_of_which_one_is_killed_find_what_one_machine_finds()
    {
        string[] here = Cells(Run("here"));
        WorkerProcess[] workers = WorkerProcess.Start(folder.Path, 3);
        try
        {
            Task<CommandLine> search = Task.Run(() => Run("there", "--cluster", string.Join(',', workers.Select(worker => worker.Address))));
            await UntilCells("there", 6);
            int atKill = CellsSoFar("there");
            Assert.True(workers[1].Kill());
            CommandLine there = await search;
            Assert.InRange(atKill, 6, here.Length - 1);
            Assert.Equal(here, Cells(there, "there"));
            Assert.Equal(LearnedLossFile.Read(Path.Combine(folder["here"], "learned.loss.json")).Loss.Formula, LearnedLossFile.Read(Path.Combine(folder["there"], "learned.loss.json")).Loss.Formula);
            Assert.Equal(Text("here", "candidates.csv"), Text("there", "candidates.csv"));
            Assert.Contains($"worker {workers[1].Address}: it does not answer any more; what it did is done elsewhere", there.Error, StringComparison.Ordinal);
        }
        finally
        {
            DisposeAll(workers);
        }
    }

    [Fact]
    public async Task A_caller_that_is_killed_goes_on_where_it_was()
    {
        string[] here = Cells(Run("here"));
        WorkerProcess[] workers = WorkerProcess.Start(folder.Path, 1);
        try
        {
            string[] command = [.. Search, "--output", "there", "--cluster", workers[0].Address];
            using (ToolProcess caller = ToolProcess.Start(folder.Path, command))
            {
                await UntilCells("there", 5);
                Assert.True(caller.Kill());
            }

            int kept = CellsSoFar("there");
            Assert.InRange(kept, 5, here.Length - 1);
            string[] before = Lines("there")[..kept];
            Assert.Equal(here, Cells(Run("there", "--cluster", workers[0].Address), "there"));
            Assert.Equal(before, Lines("there")[..kept]);
        }
        finally
        {
            DisposeAll(workers);
        }
    }

    [Fact]
    public async Task Workers_that_enter_their_addresses_in_Redis_are_found_there()
    {
        RedisProcess? redis = RedisProcess.Start(folder.Path);
        Assert.SkipWhen(redis is null, "redis-server is not installed (apt-get install redis-server)");
        using (redis)
        {
            string[] here = Cells(Run("here"));
            WorkerProcess[] workers = WorkerProcess.Start(folder.Path, 2, "--cluster", redis.Address);
            try
            {
                Task<CommandLine> search = Task.Run(() => Run("there", "--cluster", redis.Address));
                await UntilCells("there", 6);
                Assert.True(workers[0].Kill());
                CommandLine there = await search;
                Assert.Equal(here, Cells(there, "there"));
                Assert.All(workers, worker => Assert.Contains($"worker {worker.Address}: 1 cell at once", there.Error, StringComparison.Ordinal));
            }
            finally
            {
                DisposeAll(workers);
            }
        }
    }

    private static void DisposeAll(WorkerProcess[] workers)
    {
        foreach (WorkerProcess worker in workers)
            worker.Dispose();
    }

    private CommandLine Run(string output, params string[] options) => CommandLine.Run([.. Search, "--output", folder[output], .. options]);

    private string[] Cells(CommandLine run, string output = "here")
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. Lines(output).Order(StringComparer.Ordinal)];
    }

    private string Text(string output, string file) => File.ReadAllText(Path.Combine(folder[output], file));

    private string[] Lines(string output) => File.ReadAllLines(Path.Combine(folder[output], "cells.jsonl"));

    private int CellsSoFar(string output)
    {
        string file = Path.Combine(folder[output], "cells.jsonl");
        if (!File.Exists(file))
            return 0;
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Count(letter => letter == '\n');
    }

    private async Task UntilCells(string output, int count)
    {
        DateTime late = DateTime.UtcNow + Patience;
        while (CellsSoFar(output) < count)
        {
            Assert.True(DateTime.UtcNow < late, $"There are only {CellsSoFar(output)} cells after {Patience}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
