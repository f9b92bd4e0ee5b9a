using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDiffLsr.Cli.Failures;
using AutoDiffLsr.Cli.Options;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.SelfCheck;

namespace AutoDiffLsr.Cli.Commands.Gradcheck;

/// <summary>Checks the gradients of the engine itself, and with --mutants the check.</summary>
internal sealed class GradcheckCommand : ToolCommand
{
    private readonly Option<string> operation = new("--operation")
    {
        Description = "What to check: all, operations, losses, layers, programs, nets, or one of them by name.",
        HelpName = "NAME",
        DefaultValueFactory = _ => EngineCheck.Everything,
        CustomParser = ParseName,
    };

    private readonly Option<int?> cases = NumberOption.OptionalWhole("--cases", "Random cases for each row; 200 by default.", Interval.Closed(1, int.MaxValue));

    private readonly ChoiceOption<int> order = new("--order", "The highest order of derivative.", "2", ("1", 1), ("2", 2));

    private readonly Option<long> seed = NumberOption.Seed("--seed", "Where the cases come from: same seed, same cases.", 1);

    private readonly Option<bool> mutants = new("--mutants") { Description = "Also plant errors, and show which checkers catch them." };

    private readonly Option<bool> accuracy = new("--accuracy") { Description = "Only measure how accurate numerical derivatives are, by method and step." };

    private readonly JsonOption json = new();

    private readonly ForceOption force = new();

    public GradcheckCommand(CommandContext context)
        : base(context, "gradcheck", "Checks every gradient of the engine against numerical derivatives, at random inputs.")
    {
        Add(operation);
        Add(cases);
        Add(order);
        Add(seed);
        Add(mutants);
        Add(accuracy);
        Add(json);
        Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "autodiff-lsr gradcheck",
        "autodiff-lsr gradcheck --operation losses --cases 1000 --json gradients.json",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments)
    {
        JsonTarget target = new(arguments.GetValue(json), Context.Terminal);
        if (arguments.GetValue(accuracy))
        {
            GradcheckText.WriteAccuracy(Context.Terminal.Output, Accuracy.Measure());
            return ExitCode.Done;
        }

        EngineCheckOptions options = new()
        {
            Operation = arguments.GetRequiredValue(operation),
            Cases = arguments.GetValue(cases) ?? new EngineCheckOptions().Cases,
            Order = order.Read(arguments),
            Seed = arguments.GetValue(seed),
            Mutants = arguments.GetValue(mutants),
        };
        EngineCheckReport report = EngineCheck.Run(options);
        target.Write(writer => GradcheckJson.Write(writer, report));
        if (!target.IsStandardOutput)
            GradcheckText.Write(Context.Terminal.Output, report);
        return report.Passed ? ExitCode.Done : ExitCode.Failed;
    }

    private static string? ParseName(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (EngineCheck.Names.Contains(name))
            return name;
        result.AddError($"--operation is '{name}'{Spelling.Suggest(name, EngineCheck.Names)}: choose one of {string.Join(", ", EngineCheck.Names)}");
        return null;
    }
}
