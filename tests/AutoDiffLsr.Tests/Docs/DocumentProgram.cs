using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>A C# program that a document shows: compiled in memory against the assemblies beside the tests and run in the test's process, which takes a tenth of what `dotnet run` does.</summary>
internal sealed class DocumentProgram
{
    /// <summary>What the SDK gives every program, and the console of the test in place of the one of the process.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Console = AutoDiffLsr.Tests.Docs.DocumentConsole;
        """;

    private static readonly CSharpParseOptions Language = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);
    private static readonly Lazy<MetadataReference[]> References = new(FindReferences);
    private static readonly ConcurrentDictionary<string, Lazy<MethodInfo>> Compiled = new();
    private readonly MethodInfo main;

    private DocumentProgram(MethodInfo main)
    {
        this.main = main;
    }

    /// <summary>Compiles a program; a warning fails the test as an error does.</summary>
    /// <param name="source">The program, with its <c>#:</c> lines.</param>
    /// <param name="name">What messages call it.</param>
    public static DocumentProgram Compile(string source, string name) => new(Compiled.GetOrAdd(source, _ => new(() => CompileNow(source, name))).Value);

    /// <summary>Runs it, and gives what it wrote to the console.</summary>
    public string Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        DocumentConsole.Redirect(output);
        try
        {
            object? result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [arguments]);
            (result as Task)?.GetAwaiter().GetResult();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            output.WriteLine($"Unhandled exception. {exception.InnerException.GetType().FullName}: {exception.InnerException.Message}");
        }

        return output.ToString();
    }

    /// <summary>What somebody sees who runs it: its output, the exception that ends it, or the errors of the compiler without their places.</summary>
    public static string Output(string source, string name)
    {
        string[] errors = [.. Compilation(source, name).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => $"error {found.Id}: {found.GetMessage(CultureInfo.InvariantCulture)}")];
        return errors.Length > 0 ? string.Join('\n', errors) : Compile(source, name).Run();
    }

    private static MethodInfo CompileNow(string source, string name)
    {
        using MemoryStream assembly = new();
        string[] faults = [.. Compilation(source, name).Emit(assembly).Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString())];
        Assert.True(faults.Length == 0, $"{name} does not compile:\n{string.Join('\n', faults)}");
        return Assembly.Load(assembly.ToArray()).EntryPoint!;
    }

    private static CSharpCompilation Compilation(string source, string name) => CSharpCompilation.Create(
        $"Document-{Guid.NewGuid():N}",
        [Tree(source, name), Tree(Usings, "usings")],
        References.Value,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static SyntaxTree Tree(string source, string name) => CSharpSyntaxTree.ParseText(SourceText.From(source), Language, name);

    /// <summary>The framework, and the libraries beside the tests, loaded or not.</summary>
    private static MetadataReference[] FindReferences()
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. platform.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))];
    }
}
