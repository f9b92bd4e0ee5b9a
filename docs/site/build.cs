// Makes the site: the documents and the reference of the API, as static pages with a search, light and dark.
// dotnet run docs/site/build.cs [OUTPUT]     in the root of a checkout; OUTPUT is runs/site by default
using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

string root = Directory.GetCurrentDirectory(), output = Path.GetFullPath(args.Length > 0 ? args[0] : "runs/site"), stage = output + "-source";
if (!File.Exists("AutoDiffLsr.sln"))
    return Fail("Run this in the root of a checkout, where AutoDiffLsr.sln is.");
string[] packages = ["AutoDiffLsr", "AutoDiffLsr.Data", "AutoDiffLsr.Onnx", "AutoDiffLsr.Checking", "AutoDiffLsr.Checking.FsCheck"];
string address = XDocument.Load("Directory.Build.props").Descendants("RepositoryUrl").Single().Value;

// The documents, with links that lead out of them made absolute.
if (Directory.Exists(stage))
    Directory.Delete(stage, recursive: true);
foreach (string path in Directory.EnumerateFiles("docs", "*", SearchOption.AllDirectories).Append("README.md"))
{
    string target = Path.Combine(stage, path == "README.md" ? "index.md" : Path.GetRelativePath("docs", path) is "README.md" ? "documents.md" : Path.GetRelativePath("docs", path));
    if (path.Split('/', '\\').Any(part => part is "bin" or "obj") || Path.GetExtension(path) is not (".md" or ".svg" or ".png"))
        continue;
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    if (Path.GetExtension(path) == ".md")
        File.WriteAllText(target, Regex.Replace(File.ReadAllText(path), @"\]\((?![a-z]+:|#)([^)#\s]+)", match => "](" + Link(path, match.Groups[1].Value)));
    else
        File.Copy(path, target);
}

string icon = File.ReadAllText("docs/images/icon.svg");
File.WriteAllText(Path.Combine(stage, "images", "logo.svg"), Regex.Replace(icon, "^(<svg[^>]*?) width=\"\\d+\" height=\"\\d+\"", "$1 width=\"40\" height=\"40\""));

// The tables of contents, and the settings of docfx.
string Title(string path) => File.ReadLines(path).First(line => line.StartsWith("# ", StringComparison.Ordinal))[2..].Replace("\"", "'");
string Entries(string folder, Func<string, bool> include) => string.Concat(Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Where(include)
    .Select(path => $"- name: \"{Title(path)}\"\n  href: {Path.GetFileName(path)}\n"));
File.WriteAllText(Path.Combine(stage, "learn", "toc.yml"), Entries(Path.Combine(stage, "learn"), _ => true));
File.WriteAllText(Path.Combine(stage, "decisions", "toc.yml"), Entries(Path.Combine(stage, "decisions"), _ => true));
File.WriteAllText(Path.Combine(stage, "toc.yml"), "- name: Start\n  href: getting-started.md\n- name: Course\n  href: learn/\n- name: Documents\n  href: documents.md\n- name: Operations\n  href: operations.md\n- name: Decisions\n  href: decisions/\n- name: API\n  href: api/\n");
string assemblies = string.Join(", ", packages.Select(name => $"\"{name}.dll\""));
File.WriteAllText(Path.Combine(stage, "docfx.json"), $$"""
    {
      "metadata": [{ "src": [{ "src": "../site-assemblies", "files": [{{assemblies}}] }], "dest": "api", "namespaceLayout": "nested" }],
      "build": {
        "content": [{ "files": ["**/*.{md,yml}"] }], "resource": [{ "files": ["**/*.{svg,png}"] }], "output": "{{output.Replace('\\', '/')}}",
        "template": ["default", "modern"], "globalMetadata": { "_appName": "AutoDiffLsr", "_appTitle": "AutoDiffLsr", "_enableSearch": true, "_appLogoPath": "images/logo.svg", "_appFaviconPath": "images/icon.svg", "_disableContribution": true }
      }
    }
    """.Replace("../site-assemblies", Path.GetRelativePath(stage, output + "-assemblies").Replace('\\', '/'), StringComparison.Ordinal));

return Run("dotnet", "build src/AutoDiffLsr.Cli -v quiet -nologo -o " + Quoted(output + "-assemblies")) && Run("dotnet", "build src/AutoDiffLsr.Checking.FsCheck -v quiet -nologo -o " + Quoted(output + "-assemblies"))
    && Run("dotnet", "tool restore") && Run("dotnet", "docfx " + Quoted(Path.Combine(stage, "docfx.json"))) ? 0 : Fail("The site was not built: see above.");

// Documents and pictures of the site stay relative; sources and folders lead to the repository.
string Link(string from, string link)
{
    string target = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.Combine(root, from))!, link))).Replace('\\', '/');
    if (target == "README.md" || (target.StartsWith("docs/", StringComparison.Ordinal) && Path.GetExtension(target) is ".md" or ".svg" or ".png"))
    {
        string staged = target == "README.md" ? "index.md" : target == "docs/README.md" ? "documents.md" : target["docs/".Length..];
        string folder = from == "README.md" ? "" : Path.GetDirectoryName(Path.GetRelativePath("docs", from))!;
        return Path.GetRelativePath(Path.Combine(stage, folder), Path.Combine(stage, staged)).Replace('\\', '/');
    }

    return $"{address}/{(Directory.Exists(target) ? "tree" : "blob")}/main/{target}";
}

static string Quoted(string path) => $"\"{path}\"";

static bool Run(string program, string arguments)
{
    using Process process = Process.Start(program, arguments);
    process.WaitForExit();
    return process.ExitCode == 0;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
