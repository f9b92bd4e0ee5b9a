using System.Diagnostics;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Files;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Output;

public sealed class FolderLockTests
{
    [Fact]
    public void A_second_lock_is_refused_with_the_id_of_the_first_until_that_is_gone()
    {
        using TemporaryFolder folder = new();
        using (FolderLock.Acquire(folder.Path))
        {
            ModelFileException error = Assert.Throws<ModelFileException>(() => FolderLock.Acquire(folder.Path));
            Assert.StartsWith(FormattableString.Invariant($"{folder.Path}: process {Environment.ProcessId} (started 2"), error.Message, StringComparison.Ordinal);
            Assert.EndsWith("writes here; wait until it has ended, or choose another folder", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
        FolderLock.Acquire(folder.Path).Dispose();
    }

    [Fact]
    public void The_lock_of_another_process_holds_while_it_lives_and_is_taken_over_after()
    {
        using TemporaryFolder folder = new();
        using Process other = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        try
        {
            File.WriteAllText(folder[FolderLock.FileName], Lock(other.Id, Started(other), Environment.MachineName));
            Assert.Contains(FormattableString.Invariant($"process {other.Id} (started"), Assert.Throws<ModelFileException>(() => FolderLock.Acquire(folder.Path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
        }

        other.WaitForExit();
        FolderLock.Acquire(folder.Path).Dispose();
    }

    [Fact]
    public void A_process_that_only_got_the_same_id_does_not_hold_the_lock()
    {
        using TemporaryFolder folder = new();
        using Process self = Process.GetCurrentProcess();
        File.WriteAllText(folder[FolderLock.FileName], Lock(self.Id, Started(self) - 100, Environment.MachineName));
        FolderLock.Acquire(folder.Path).Dispose();
    }

    [Fact]
    public void A_lock_of_another_machine_is_respected()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[FolderLock.FileName], Lock(1, 0, "another"));
        Assert.Contains("process 1 of another (started", Assert.Throws<ModelFileException>(() => FolderLock.Acquire(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("process\n12")]
    [InlineData("process\n-1\nstarted\n0\nmachine\nx\n")]
    [InlineData("process\n1\nstarted\n999999999999999999\nmachine\nx\n")]
    public void A_lock_that_was_never_wholly_written_is_taken_over(string content)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[FolderLock.FileName], content);
        FolderLock.Acquire(folder.Path).Dispose();
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_link_or_a_file_that_is_no_lock_is_left_alone()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["precious"], "process of thought");
        File.CreateSymbolicLink(folder[FolderLock.FileName], folder["precious"]);
        Assert.Contains("is a link, which is not followed", Assert.Throws<ModelFileException>(() => FolderLock.Acquire(folder.Path)).Message, StringComparison.Ordinal);
        File.Delete(folder[FolderLock.FileName]);
        File.Move(folder["precious"], folder[FolderLock.FileName]);
        Assert.Contains("is not a lock", Assert.Throws<ModelFileException>(() => FolderLock.Acquire(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal("process of thought", File.ReadAllText(folder[FolderLock.FileName]));
    }

    [Fact]
    public void Of_many_at_once_one_gets_it()
    {
        using TemporaryFolder folder = new();
        for (int round = 0; round < 20; round++)
        {
            File.WriteAllText(folder[FolderLock.FileName], Lock(int.MaxValue, 0, Environment.MachineName));
            FolderLock?[] locks = new FolderLock?[8];
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(i => new Thread(() => locks[i] = TryAcquire(folder.Path)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Single(locks.OfType<FolderLock>());
            locks.OfType<FolderLock>().Single().Dispose();
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        using TemporaryFolder folder = new();
        Assert.EndsWith("there is no such folder", Assert.Throws<ModelFileException>(() => FolderLock.Acquire(folder["none"])).Message, StringComparison.Ordinal);
    }

    private static FolderLock? TryAcquire(string folder)
    {
        try
        {
            return FolderLock.Acquire(folder);
        }
        catch (ModelFileException)
        {
            return null;
        }
    }

    private static string Lock(int process, long started, string machine) => FormattableString.Invariant($"process\n{process}\nstarted\n{started}\nmachine\n{machine}\n");

    private static long Started(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
}
