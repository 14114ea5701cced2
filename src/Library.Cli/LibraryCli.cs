using System.CommandLine;
using System.CommandLine.Invocation;
using Library.Cli.Features.Administration;
using Library.Cli.Features.Catalog;
using Library.Cli.Features.Events;
using Library.Cli.Features.Imports;
using Library.Cli.Features.Operations;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli;

/// <summary>The command line: which commands there are, and what each way of ending means.</summary>
internal static class LibraryCli
{
    /// <summary>EPIPE: whoever read our output has seen enough.</summary>
    private const int BrokenPipe = 32;

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        var service = new ServiceOptions(terminal);
        var root = new RootCommand("Client of Library, the catalog service.")
        {
            ImportCommand.Create(service),
            ImportsCommand.Create(service),
            RefusedCommand.Create(service),
            ExportCommand.Create(service),
            GetCommand.Create(service),
            SearchCommand.Create(service),
            OperationCommand.Create(service),
            TailCommand.Create(service),
            AuditCommand.Create(service),
            DeadLettersCommand.Create(service),
            KeysCommand.Create(service),
        };
        service.AddTo(root);

        var parsed = root.Parse(arguments);
        var isWrong = parsed.Errors.Count > 0;
        if (parsed.Action is ParseErrorAction wrong) wrong.ShowHelp = false;
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = isWrong ? terminal.Error : terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false });
            await terminal.Out.FlushAsync();
            return isWrong ? ExitCodes.Usage : code;
        }
        catch (ServiceRefusedException refused)
        {
            terminal.Error.WriteLine(service.IsJson(parsed) ? refused.Refusal.Json : refused.Refusal.ToString());
            return ExitCodes.Refused;
        }
        catch (ServiceAwayException away)
        {
            terminal.Error.WriteLine(away.Message);
            return ExitCodes.Away;
        }
        catch (IOException fault) when (fault.HResult == BrokenPipe)
        {
            return ExitCodes.Ok;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(fault.Message);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }
}
