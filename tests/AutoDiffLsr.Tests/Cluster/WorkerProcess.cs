using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AutoDiffLsr.Tests.Cli;

namespace AutoDiffLsr.Tests.Cluster;

/// <summary>A worker as a process of its own, that is ready.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly ToolProcess process;

    private WorkerProcess(ToolProcess process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts several side by side, each with one thread.</summary>
    public static WorkerProcess[] Start(string folder, int count, params string[] options)
    {
        int[] ports = FreePorts(2 * count);
        WorkerProcess[] workers =
        [
            .. Enumerable.Range(0, count).Select(i => new WorkerProcess(
                ToolProcess.Start(
                    folder,
                    ["worker", "--threads", "1", "--port", ports[2 * i].ToString(CultureInfo.InvariantCulture), "--silo-port", ports[(2 * i) + 1].ToString(CultureInfo.InvariantCulture), .. options]),
                ports[2 * i])),
        ];
        foreach (WorkerProcess worker in workers)
        {
            if (worker.process.ReadLine() is not { } line || !line.StartsWith("worker at 127.0.0.1:", StringComparison.Ordinal))
                throw new InvalidOperationException($"The worker did not start: {worker.process.Finish().Error}");
        }

        return workers;
    }

    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Dispose();
        return ports;
    }

    /// <summary>SIGKILL.</summary>
    public bool Kill() => process.Kill();

    public void Dispose() => process.Dispose();
}
