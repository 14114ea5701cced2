using System.CommandLine;
using Library.Cli.Infrastructure.CommandLine;

namespace Library.Cli.Features.Catalog;

internal static class GetCommand
{
    public static Command Create(ServiceOptions service)
    {
        var type = ResourceArgument.Create();
        var id = IdArgument.Create("Its id.");
        var command = new Command("get", "Show an author or a book.") { type, id };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, async session =>
        {
            session.Show(await session.Client.GetAsync($"v1/{ResourceArgument.Plural(parsed.GetRequiredValue(type))}/{parsed.GetRequiredValue(id)}", cancellation));
            return ExitCodes.Ok;
        }));
        return command;
    }
}
