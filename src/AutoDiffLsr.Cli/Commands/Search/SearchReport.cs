using System.Globalization;
using AutoDiffLsr.Cli.Figures;
using AutoDiffLsr.Cli.Provenance;
using AutoDiffLsr.Cli.Reports;
using AutoDiffLsr.Experiments.Search;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Final;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Experiments.Search.Symbolic;

namespace AutoDiffLsr.Cli.Commands.Search;

/// <summary>The report of a search, for people.</summary>
internal static class SearchReport
{
    public static Page Create(
        SearchPlan plan, SearchData data, LossSearch search, IReadOnlyList<GenerationRecord> generations, IReadOnlyList<FinalRow> final, IReadOnlyList<string> processors, RunProvenance provenance)
    {
        Page page = new Page($"{data.Name}: a loss by {plan.Method}").Heading("Result");
        if (search.Best is not null)
            page.Text(SearchText.Verdict(final));
        page.Table(SearchText.Heads, SearchText.Rows(final))
            .Note($"{Metric(data)} on {data.Test.Count} rows that neither search nor tuning saw, mean ± standard deviation over {plan.Seeds} fresh trainings of each loss, the same seeds for each; the difference seed by seed with its percentile bootstrap interval, which is too narrow for few seeds. It is over trainings on one split: another split would differ by more. Losses are chosen, and learning rates tuned, on {data.Validation.Count} other rows; the learned loss keeps the learning rate of the search.");
        if (search.Best is { } best)
            AddLoss(page, data, best);
        page.Heading("The search").Charts(SearchCharts.Evolution(search, generations, data), SearchCharts.Fates(generations));
        page.Note(SearchCharts.OutsideNote(search, data));
        AddPrimitives(page, search);
        page.Heading("Settings").Facts(
        [
            ("data", $"{data.Train.Count} rows to train on, {data.Validation.Count} to choose by, {data.Test.Count} to test on, {data.Train.Features.ColumnCount} features; SHA-256 begins {data.Hash}"),
            ("search", plan.Settings.Text()),
            ("steps of training a net", search.Steps.ToString("N0", CultureInfo.InvariantCulture)),
            ("computed on", string.Join("; ", processors)),
        ]);
        ProvenanceSection.Append(page, provenance);
        return page;
    }

    private static string Metric(SearchData data) => data.IsClassification ? "Share of wrong classes" : "Squared error of standardized targets";

    private static void AddLoss(Page page, SearchData data, CandidateRecord best)
    {
        page.Heading("The loss").Code(best.Loss is SymbolicLoss shown ? shown.Expression.Simplify().ToString(digits: 4) : SearchText.Formula(best.Loss));
        if (best.Loss is SymbolicLoss symbolic)
        {
            Expression simple = symbolic.Expression.Simplify();
            page.Text("y is the target" + (data.IsClassification ? " (1 for the label, 0 for the other classes) and f the predicted probability." : " and f what the net says, both standardized.")
                    + " log(x) = ln max(|x|, 1e-7), sqrt(x) = √max(|x|, 1e-7), div(a, b) = a / √(1 + b²).")
                .Code(simple.ToLatex())
                .Add(html => html.Append("<div class=\"scroll\" role=\"img\" aria-label=\"The formula as a tree\">").Append(simple.ToSvg()).Append("</div>\n"))
                .Note($"Found in generation {best.Generation.ToString(CultureInfo.InvariantCulture)}. Above: simplified, as LaTeX, and as a tree with the weights of its edges. As found: {symbolic.Expression.ToString(digits: 4)}");
        }

        page.Charts([.. LearnedLossCharts.Curves(best.Loss, data.IsClassification)]);
    }

    private static void AddPrimitives(Page page, LossSearch search)
    {
        CandidateRecord[] trained = [.. search.Candidates.Where(candidate => candidate is { Fate: Fate.Trained, Loss: SymbolicLoss })];
        if (trained.Length == 0)
            return;
        CandidateRecord[] better = [.. trained.OrderBy(candidate => candidate.Fitness).Take((trained.Length + 1) / 2)];
        page.Heading("Which primitives").Table(
            ["primitive", "per trained formula", "per formula of the better half"],
            SymbolNames.All.Select(name => (IReadOnlyList<string>)[name, Share(trained, name), Share(better, name)]));

        static string Share(CandidateRecord[] candidates, string name) => candidates
            .Average(candidate => ((SymbolicLoss)candidate.Loss).Expression.Nodes().Count(node => SymbolNames.Of(node) == name))
            .ToString("0.00", CultureInfo.InvariantCulture);
    }
}
