using System.Net;
using System.Text.RegularExpressions;
using AutoDiffLsr.Tests.Cli.Reports;
using AutoDiffLsr.Tests.Support;
using Xunit;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>The site that docs/site/build.cs makes, where it was made: no link leads nowhere, and a browser has nothing to complain of.</summary>
public sealed partial class SiteTests
{
    private static string Site { get; } = Path.GetFullPath(Environment.GetEnvironmentVariable("AUTODIFFLSR_SITE") ?? Path.Combine(Repository.Root, "runs", "site"));

    [Fact]
    public void Every_link_of_the_site_leads_to_a_page_or_a_picture()
    {
        RequireSite();
        string[] pages = Directory.GetFiles(Site, "*.html", SearchOption.AllDirectories);
        Assert.True(pages.Length > 200, $"only {pages.Length} pages");
        List<string> broken = [];
        foreach (string page in pages)
        {
            foreach (Match link in Links().Matches(File.ReadAllText(page)))
            {
                string target = Uri.UnescapeDataString(WebUtility.HtmlDecode(link.Groups[1].Value).Split('#', '?')[0]);
                if (target.Length > 0 && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
                    broken.Add($"{Path.GetRelativePath(Site, page)}: {target}");
            }
        }

        Assert.Equal([], broken);
    }

    [Theory]
    [InlineData("index.html", "AutoDiffLsr")]
    [InlineData("learn/02-the-tape.html", "walk the list from its end")]
    [InlineData("operations.html", "Everything that can be differentiated")]
    [InlineData("api/AutoDiffLsr.Autodiff.Tape-1.html", "Gradients")]
    public void A_browser_opens_a_page_without_an_error(string page, string text)
    {
        RequireSite();
        string browser = Browser.Require();
        using LocalServer server = new((_, context) => Answer(context)); // under a folder of the server, as on GitHub Pages
        (string dom, string[] errors) = Browser.Visit(browser, new Uri(server.Address, page));
        Assert.Equal([], errors);
        Assert.Contains(text, dom, StringComparison.Ordinal);
        Assert.Contains("id=\"search-query\"", dom, StringComparison.Ordinal);
    }

    private static void RequireSite() => Assert.SkipUnless(
        File.Exists(Path.Combine(Site, "index.html")), "The site is not built: dotnet run docs/site/build.cs makes it in runs/site, or in a folder that AUTODIFFLSR_SITE names.");

    private static void Answer(HttpListenerContext context)
    {
        string path = Path.Combine([Site, .. Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1)]);
        if (!File.Exists(path))
        {
            LocalServer.Fail(context, 404);
            return;
        }

        context.Response.ContentType = Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript",
            ".css" => "text/css",
            ".svg" => "image/svg+xml",
            ".json" => "application/json",
            _ => "application/octet-stream",
        };
        LocalServer.Send(context, File.ReadAllBytes(path), ranges: false);
    }

    [GeneratedRegex("(?:href|src)=\"(?![a-z]+:|//|#)([^\"]*)\"")]
    private static partial Regex Links();
}
