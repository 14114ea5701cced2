using Library.Cli;
using Library.Cli.Output;

using var terminal = Terminal.OfProcess();
return await LibraryCli.RunAsync(args, terminal);
