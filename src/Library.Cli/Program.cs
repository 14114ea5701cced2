using Library.Cli;
using Library.Cli.Infrastructure.Output;

using var terminal = Terminal.OfProcess();
return await LibraryCli.RunAsync(args, terminal);
