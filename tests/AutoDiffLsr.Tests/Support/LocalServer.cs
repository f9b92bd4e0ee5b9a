using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AutoDiffLsr.Tests.Support;

/// <summary>An HTTP server on this machine that answers as the test says, and remembers what it was asked.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Action<string, HttpListenerContext> answer;

    public LocalServer(Action<string, HttpListenerContext> answer)
    {
        this.answer = answer;
        Address = Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Name and range of every request, in order: "train-images-idx3-ubyte.gz bytes=100-".</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Answers with the content, or the asked rest of it.</summary>
    public static void Send(HttpListenerContext context, byte[] content, bool ranges = true)
    {
        int start = 0;
        if (ranges && context.Request.Headers["Range"] is { } range)
        {
            start = int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
            if (start >= content.Length)
            {
                Fail(context, 416);
                return;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }

        context.Response.ContentLength64 = content.Length - start;
        context.Response.OutputStream.Write(content.AsSpan(start));
        context.Response.Close();
    }

    /// <summary>Promises the whole content, sends its start, and breaks off once that was received: an aborted connection may lose what is under way.</summary>
    public static void BreakOff(HttpListenerContext context, byte[] content, int after, ManualResetEventSlim received)
    {
        context.Response.ContentLength64 = content.Length;
        context.Response.OutputStream.Write(content.AsSpan(0, after));
        context.Response.OutputStream.Flush();
        received.Wait(TimeSpan.FromSeconds(20));
        context.Response.Abort();
    }

    public static void Fail(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
    }

    public void Dispose() => ((IDisposable)listener).Dispose();

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    // Another process may take the port between the probe and the listener.
    private Uri Start()
    {
        for (int tries = 0; ; tries++)
        {
            string address = $"http://127.0.0.1:{FreePort()}/mnist/";
            listener.Prefixes.Clear();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return new Uri(address);
            }
            catch (HttpListenerException) when (tries < 10)
            {
            }
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await listener.GetContextAsync();
                string name = Path.GetFileName(context.Request.Url!.LocalPath);
                Requests.Enqueue($"{name} {context.Request.Headers["Range"]}".Trim());
                answer(name, context);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The test is over, or the client hung up.
            }
        }
    }
}
