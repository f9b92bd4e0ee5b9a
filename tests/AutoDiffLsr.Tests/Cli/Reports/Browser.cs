using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Cli.Reports;

/// <summary>A headless Chromium, where one is installed: opens a page, runs a script in it, and gives what the script returns and what the page complained of.</summary>
internal static partial class Browser
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] Options =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", "--enable-logging=stderr", "--virtual-time-budget=4000", "--dump-dom",
    ];

    /// <summary>Skips the test where there is no browser.</summary>
    public static string Require()
    {
        string? found = Array.Find(Candidates, File.Exists);
        Assert.SkipWhen(found is null, "There is no Chromium here (on Debian: apt-get install chromium).");
        return found;
    }

    /// <summary>Opens a page.</summary>
    /// <param name="browser">From <see cref="Require"/>.</param>
    /// <param name="html">The page, to which two scripts are added: one before all others that notes errors, one behind all others with the test's own.</param>
    /// <param name="width">The width that the page has, in pixels.</param>
    /// <param name="script">Gives a value that becomes JSON.</param>
    public static (JsonElement Result, string[] Errors) Open(string browser, string html, int width, string script)
    {
        using TemporaryFolder folder = new();
        const string Watch = "<script>window.errors=[];addEventListener('error',e=>errors.push(e.message));console.error=(...a)=>errors.push(a.join(' '));</script>";
        string test = $"<script>const result=(()=>{{{script}}})();parent.postMessage(JSON.stringify({{result,errors}}),'*');</script>";
        string frame = $"<!DOCTYPE html><body style=\"margin:0\"><iframe src=\"page.html\" style=\"border:0;width:{width}px;height:900px\"></iframe><script>addEventListener('message',e=>{{const out=document.createElement('template');out.id='result';out.setAttribute('data-json',e.data);document.body.append(out);}});</script>";
        string page = html.Replace("<head>", $"<head>{Watch}", StringComparison.Ordinal).Replace("</body>", $"{test}</body>", StringComparison.Ordinal);
        File.WriteAllText(folder["page.html"], page);
        File.WriteAllText(folder["frame.html"], frame); // a window cannot be as narrow as a phone, a frame can
        (string dom, string log) = Run(browser, [.. Options, $"--user-data-dir={folder["profile"]}", $"--window-size={Math.Max(width, 600)},1000", new Uri(folder["frame.html"]).AbsoluteUri]);
        Match found = ResultPattern().Match(dom);
        Assert.True(found.Success, $"The browser gave no result.\n{log}");
        JsonElement json = JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(found.Groups[1].Value)).RootElement;
        string[] logged = [.. log.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))];
        return (json.GetProperty("result"), [.. json.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!), .. logged]);
    }

    /// <summary>Opens an address.</summary>
    /// <param name="browser">From <see cref="Require"/>.</param>
    /// <param name="address">What a server on this machine answers.</param>
    /// <returns>The page after its scripts have run, and what the console got.</returns>
    public static (string Dom, string[] Errors) Visit(string browser, Uri address)
    {
        using TemporaryFolder folder = new();
        (string dom, string log) = Run(browser, [.. Options, $"--user-data-dir={folder["profile"]}", "--window-size=1400,1000", address.AbsoluteUri]);
        return (dom, [.. log.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))]);
    }

    private static (string Output, string Log) Run(string browser, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), log = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The browser did not end within {Patience.TotalSeconds} seconds.");
        }

        return (output.GetAwaiter().GetResult(), log.GetAwaiter().GetResult());
    }

    [GeneratedRegex("<template id=\"result\" data-json=\"([^\"]*)\"")]
    private static partial Regex ResultPattern();
}
