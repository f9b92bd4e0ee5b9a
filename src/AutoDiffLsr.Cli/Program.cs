using AutoDiffLsr.Cli;
using AutoDiffLsr.Cli.Output;

using Interruption interruption = new();
return interruption.CodeOf(Application.Run(args, Terminal.OfProcess(), interruption.Arm));
