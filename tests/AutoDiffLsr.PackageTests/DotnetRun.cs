using System.Diagnostics;

namespace AutoDiffLsr.PackageTests;

/// <summary>What a process returned and wrote to both of its outputs.</summary>
internal sealed record DotnetRun(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs dotnet in a folder to its end.</summary>
    public static DotnetRun Dotnet(string folder, params string[] arguments) => Start("dotnet", folder, null, arguments);

    /// <summary>Runs dotnet in a folder to its end, with a cache of packages that is not the machine's.</summary>
    public static DotnetRun DotnetWithCache(string cache, string folder, params string[] arguments) => Start("dotnet", folder, cache, arguments);

    /// <summary>Runs a program in a folder to its end.</summary>
    public static DotnetRun Program(string program, string folder, params string[] arguments) => Start(program, folder, null, arguments);

    /// <summary>The output, if the process ended well.</summary>
    public string Succeeded() => ExitCode == 0 ? Output : throw new InvalidOperationException($"Ended with {ExitCode}:\n{Output}");

    private static DotnetRun Start(string program, string folder, string? cache, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Isolate(start.Environment);
        if (cache is not null)
            start.Environment["NUGET_PACKAGES"] = cache;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.");
        }

        return new(process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    // The process that runs the tests was started by MSBuild, which tells its children where it lives; a user's shell does not. A build node that
    // outlives its build would keep the pipes open, and with them this test.
    private static void Isolate(IDictionary<string, string?> environment)
    {
        foreach (string name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            environment.Remove(name);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
