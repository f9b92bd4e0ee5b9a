using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Data;
using AutoDiffLsr.Onnx;
using AutoDiffLsr.Tests.Support;
using PublicApiGenerator;
using Xunit;

namespace AutoDiffLsr.Tests.Architecture;

/// <summary>The public surface of each package stands in a file here, so that every change of it shows in a diff.</summary>
public sealed class PublicApiTests
{
    private const string Folder = "tests/AutoDiffLsr.Tests/Architecture/Approved", Approve = "AUTODIFFLSR_APPROVE_API";

    /// <summary>Why it is not 90 is said in docs/architecture.md.</summary>
    private const int MostTypesOfTheEngine = 145;

    private static readonly Assembly[] Packages =
        [typeof(Tape<>).Assembly, typeof(IdxReader).Assembly, typeof(OnnxExport).Assembly, typeof(GradientCheck).Assembly, typeof(GradientProperty).Assembly];

    public static TheoryData<string> Names => [.. Packages.Select(package => package.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_surface_is_the_approved_one(string name)
    {
        string path = Path.Combine(Repository.Root, Folder, name + ".txt");
        string surface = Surface(Packages.Single(package => package.GetName().Name == name));
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(path, surface);
        string approved = File.Exists(path) ? File.ReadAllText(path) : "";
        string[] now = Lines(surface), before = Lines(approved);
        Assert.True(surface == approved.ReplaceLineEndings("\n"), $"""
            The public surface of {name} differs from {Folder}/{name}.txt.
            New: {string.Join("\n     ", now.Except(before).Take(20))}
            Gone: {string.Join("\n      ", before.Except(now).Take(20))}
            If that is intended, run the tests once with {Approve}=1 and commit the file.
            """);
    }

    [Fact]
    public void The_engine_is_small()
    {
        string[] types = [.. typeof(Tape<>).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name).Order()];
        Assert.True(types.Length <= MostTypesOfTheEngine, $"The engine has {types.Length} public types, but at most {MostTypesOfTheEngine} are allowed: {string.Join(", ", types)}");
    }

    private static string Surface(Assembly assembly) =>
        assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 1)];
}
