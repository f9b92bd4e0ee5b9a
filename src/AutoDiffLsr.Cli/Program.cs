using AutoDiffLsr.Cli;
using AutoDiffLsr.Cli.Output;

using Interruption interruption = new();
return Application.Run(args, Terminal.OfProcess(), interruption.Arm);
