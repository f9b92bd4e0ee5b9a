using System.Net;
using AutoDiffLsr.Cli.Options;

namespace AutoDiffLsr.Cli.Commands.Worker;

/// <summary>A worker as the user asked for it.</summary>
/// <param name="Listen">The address that callers reach it by.</param>
/// <param name="Port">The port for callers.</param>
/// <param name="SiloPort">The port for other workers.</param>
/// <param name="Directory">Where it enters its address, or null.</param>
/// <param name="Threads">How many cells it does at once.</param>
/// <param name="Tls">Certificates, or null.</param>
internal sealed record WorkerPlan(IPAddress Listen, int Port, int SiloPort, string? Directory, int Threads, TlsSettings? Tls);
