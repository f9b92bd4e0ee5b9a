using System.Text;
using AutoDiffLsr.Files;

namespace AutoDiffLsr.Cli.Output;

/// <summary>
/// Keeps a second process out of an output folder: a file in it names the process that writes there. The lock of a process that is no longer
/// there is taken over, so a killed training does not lock its folder for ever.
/// </summary>
/// <remarks>
/// The file is only read and changed while the operating system's own lock on it is held. So two processes never take over the same stale lock; and
/// because that lock is not held in between, a second process can read who the first one is.
/// </remarks>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = ".autodiff-lsr.lock";

    private const int Attempts = 200;

    private readonly string path;
    private readonly string content;
    private bool isReleased;

    private FolderLock(string path, string content) => (this.path, this.content) = (path, content);

    /// <summary>Locks a folder for this process.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <returns>The lock, until it is disposed.</returns>
    /// <exception cref="ModelFileException">Another lock on it is alive, or the folder cannot be written.</exception>
    public static FolderLock Acquire(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, FileName), content = LockOwner.Current().Text;
        for (int attempt = 1; ; attempt++)
        {
            if (TryAcquire(folder, path, content))
                return new(path, content);
            if (attempt == Attempts)
                throw new ModelFileException(folder, $"another process is about to write here for {Attempts * 10} ms already; try again or choose another folder");
            Thread.Sleep(10);
        }
    }

    /// <summary>Unlocks the folder and removes the file.</summary>
    public void Dispose()
    {
        if (isReleased)
            return;
        isReleased = true;
        for (int attempt = 1; attempt <= Attempts && !TryRelease(); attempt++)
            Thread.Sleep(10);
    }

    /// <summary>False if another process looks at the file at this moment.</summary>
    private static bool TryAcquire(string folder, string path, string content)
    {
        try
        {
            if (RealPath.IsLink(path))
                throw new ModelFileException(folder, $"{FileName} is a link, which is not followed; remove it, or choose another folder");
            using (FileStream file = new(path, File.Exists(path) ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
            {
                string before = ReadAll(file);
                if (LockOwner.TryParse(before) is { } owner && owner.MayBeAlive())
                    throw new ModelFileException(folder, $"{owner} writes here; wait until it has ended, or choose another folder");
                if (!LockOwner.MayBeginLike(before))
                    throw new ModelFileException(folder, $"{FileName} is not a lock; remove it, or choose another folder");
                file.SetLength(0);
                file.Write(Encoding.UTF8.GetBytes(content));
                file.Flush(flushToDisk: true);
            }

            // The owner before may have removed the file between its opening and its locking here; what was written then is in no folder.
            return IsStillOurs(path, content);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new ModelFileException(folder, error is DirectoryNotFoundException ? "there is no such folder" : "no permission to write into this folder", error);
        }
        catch (IOException error) when (!IsSharing(error))
        {
            throw new ModelFileException(folder, $"cannot be locked: {error.Message}", error);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool TryRelease()
    {
        try
        {
            if (!HasContent(path, content))
                return true;
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (InputFile.IsFailure(error))
        {
            // A folder that is gone or cannot be written any more needs no unlocking; a lock that stays behind is stale once this process ends.
            return !(error is IOException io && IsSharing(io));
        }
    }

    /// <summary>Whether the file has what was just written. That another process looks at it at this moment does not make it less ours: it is asked again.</summary>
    private static bool IsStillOurs(string path, string content)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return HasContent(path, content);
            }
            catch (IOException error) when (IsSharing(error) && attempt < Attempts)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static bool HasContent(string path, string content)
    {
        if (!File.Exists(path))
            return false;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return ReadAll(file) == content;
    }

    private static string ReadAll(FileStream file)
    {
        byte[] bytes = new byte[Math.Min(file.Length, 1024)];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, read));
    }

    /// <summary>EEXIST and its like: another process made the file at this moment. EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsSharing(IOException error) => error.HResult is 11 or 17 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070050) || error is FileNotFoundException;
}
