using System.CommandLine;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Options that belong together and that several commands share. A group also has a Read method that gives its settings as a record.</summary>
internal interface IOptionGroup
{
    /// <summary>What stands above them in the help.</summary>
    string Title { get; }

    /// <summary>The options, in the order of the help.</summary>
    IEnumerable<Option> Options { get; }
}
