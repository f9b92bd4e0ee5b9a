namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>A piece of work that depends on nothing but what its name says.</summary>
/// <typeparam name="TResult">What comes out.</typeparam>
/// <param name="Name">What names it: a cell that is done twice has the same result.</param>
/// <param name="Work">Does it.</param>
internal sealed record Cell<TResult>(string Name, Func<CancellationToken, TResult> Work);
