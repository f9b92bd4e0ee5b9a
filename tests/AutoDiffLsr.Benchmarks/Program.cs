using AutoDiffLsr.Benchmarks.Compare;
using AutoDiffLsr.Benchmarks.Products;
using AutoDiffLsr.Benchmarks.Search;
using AutoDiffLsr.Benchmarks.Tables;
using BenchmarkDotNet.Running;

return args switch
{
    ["compare", .. string[] options] => CompareCommand.Run(options),
    ["tables", .. string[] options] => TablesCommand.Run(options),
    ["products", .. string[] options] => ProductsCommand.Run(options),
    [CandidateRace.Command] => CandidateRace.Run(),
    [FormulaCost.Command] => FormulaCost.Run(),
    [MnistRace.Command, string folder, string threads] => MnistRace.Run(folder, threads),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).Any() ? 0 : 1,
};
