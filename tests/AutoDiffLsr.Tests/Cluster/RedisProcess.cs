using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace AutoDiffLsr.Tests.Cluster;

/// <summary>A Redis server that keeps nothing.</summary>
internal sealed class RedisProcess : IDisposable
{
    private readonly Process process;
    private readonly int port;

    private RedisProcess(Process process, int port) => (this.process, this.port) = (process, port);

    public string Address => string.Create(CultureInfo.InvariantCulture, $"redis:127.0.0.1:{port}");

    /// <summary>Starts it, or gives null where it is not installed.</summary>
    public static RedisProcess? Start(string folder)
    {
        int port = WorkerProcess.FreePorts(1)[0];
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(
                "redis-server", ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        RedisProcess redis = new(process, port);
        redis.AwaitReady();
        return redis;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void AwaitReady()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using TcpClient client = new("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (attempt < 200)
            {
                Thread.Sleep(50);
            }
        }
    }
}
