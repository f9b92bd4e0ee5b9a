using System.CommandLine;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;

namespace AutoDiffLsr.Cli.Commands;

/// <summary>
/// What a command may write, decided before it does any work: never onto what it reads, nor twice onto the same file, and onto something finished
/// only with --force. It knows options by their type, so a new option is held to it as well.
/// </summary>
internal static class OutputPaths
{
    /// <summary>Refuses what would lose something.</summary>
    /// <exception cref="UsageException">Names the options and the path.</exception>
    public static void Check(IEnumerable<Option> options, ParseResult arguments)
    {
        Option[] known = [.. options];
        Given[] given = [.. known.OfType<IPathOption>().SelectMany(option => Paths(arguments, option)), .. Arguments(arguments)];
        bool mayReplace = known.OfType<ForceOption>().Any(arguments.GetValue);
        foreach (Given input in given.Where(entry => entry.Use == PathUse.Input))
        {
            foreach (Given output in given.Where(entry => entry.Use is PathUse.OutputFile or PathUse.OutputFolder))
                CheckInput(input, output, mayReplace);
        }

        Given[] files = [.. given.Where(entry => entry.Use == PathUse.OutputFile && entry.Path != JsonOption.StandardOutput)];
        CheckOneAnother(files, [.. given.Where(entry => entry.Use == PathUse.OutputFolder)]);
        foreach (Given file in files)
            CheckFile(file, mayReplace);
    }

    /// <summary>An argument without an option is a file to read.</summary>
    private static IEnumerable<Given> Arguments(ParseResult arguments) =>
        from argument in arguments.CommandResult.Command.Arguments
        from token in arguments.GetResult(argument)?.Tokens ?? []
        where token.Value.Length > 0 && !token.Value.Contains('\0', StringComparison.Ordinal)
        select new Given(argument.Name, token.Value, PathUse.Input);

    private static IEnumerable<Given> Paths(ParseResult arguments, IPathOption option)
    {
        Option of = (Option)option;
        if (option.Use == PathUse.None || arguments.GetResult(of) is not { Implicit: false } result)
            yield break;
        foreach (string path in result.Tokens.SelectMany(token => option.Use == PathUse.Input ? [token.Value, .. token.Value.Split(',')] : new[] { token.Value }).Distinct())
        {
            if (path.Length == 0 && option.Use != PathUse.Input)
                throw new UsageException($"{of.Name} is empty: give {(option.Use == PathUse.OutputFile ? "a file" : "a folder")}");
            if (path.Contains('\0', StringComparison.Ordinal))
                throw new UsageException($"{of.Name} {path} cannot be the name of a file");
            if (path.Length > 0)
                yield return new(of.Name, path, option.Use);
        }
    }

    private static void CheckInput(Given input, Given output, bool mayReplace)
    {
        bool isFile = output.Use == PathUse.OutputFile;
        if (isFile && (File.Exists(output.Path) || RealPath.IsLink(output.Path)) && !IsDevice(output.Path) && (File.Exists(input.Path) || Directory.Exists(input.Path)) && RealPath.IsWithin(output.Path, input.Path))
            throw new UsageException($"{output.Option} {output.Path} is what {input.Option} reads, and would be lost: give another file");
        if (!isFile && mayReplace && (File.Exists(input.Path) || Directory.Exists(input.Path)) && RealPath.IsWithin(input.Path, output.Path))
            throw new UsageException($"{output.Option} {output.Path} has what {input.Option} reads, which {ForceOption.OptionName} might replace: give another folder");
    }

    private static void CheckOneAnother(Given[] files, Given[] folders)
    {
        for (int i = 0; i < files.Length; i++)
        {
            if (Array.Find(files[..i], other => !IsDevice(other.Path) && RealPath.Of(other.Path) == RealPath.Of(files[i].Path)) is { } same)
                throw new UsageException($"{same.Option} and {files[i].Option} are both {files[i].Path}: give two files");
            if (Array.Find(folders, folder => RealPath.IsWithin(files[i].Path, folder.Path)) is { } around)
                throw new UsageException($"{files[i].Option} {files[i].Path} is in the folder of {around.Option}, which has files of its own names: give a file elsewhere");
        }
    }

    /// <summary>An empty file is nothing finished: mktemp makes one.</summary>
    private static void CheckFile(Given file, bool mayReplace)
    {
        (string option, string path, _) = file;
        if (IsDevice(path))
            return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(path))
            throw new UsageException($"{option} {path} cannot be written: it is a folder, but a file is needed");
        if (!Directory.Exists(folder))
            throw new UsageException($"{option} {path} cannot be written: there is no folder {folder}: give a file in a folder that exists");
        if (!mayReplace && (RealPath.IsLink(path) || new FileInfo(path) is { Exists: true, Length: > 0 }))
            throw new UsageException($"{option} {path} is there already: give another file, or {ForceOption.OptionName} to replace it");
        CheckFolder(option, path, folder);
    }

    private static void CheckFolder(string option, string path, string folder)
    {
        try
        {
            OutputFolder.CheckWritable(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {path} cannot be written ({error.Message}): give a file in a folder that you may write to", error);
        }
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private sealed record Given(string Option, string Path, PathUse Use);
}
