using System.Globalization;
using AutoDiffLsr.Cli.Output;
using AutoDiffLsr.Experiments.Projections;
using Spectre.Console;

namespace AutoDiffLsr.Cli.Commands.Plot.Features;

/// <summary>How far a t-SNE is: a bar on a screen, nothing elsewhere.</summary>
internal sealed class FeatureProgress(Messages messages, string title)
{
    /// <summary>Works, and shows it.</summary>
    public TResult Show<TResult>(Func<IProgress<TSneProgress>?, TResult> work)
    {
        if (messages.Screen is not { } screen)
            return work(null);
        return screen.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()).Start(context =>
        {
            ProgressTask bar = context.AddTask(Markup.Escape(title));
            return work(new Listener(progress =>
            {
                bar.MaxValue = progress.Iterations;
                bar.Value = progress.Iteration;
                bar.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{title}, KL {progress.Divergence:0.000}"));
            }));
        });
    }

    /// <summary>At once and on the same thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Listener(Action<TSneProgress> listen) : IProgress<TSneProgress>
    {
        public void Report(TSneProgress value) => listen(value);
    }
}
