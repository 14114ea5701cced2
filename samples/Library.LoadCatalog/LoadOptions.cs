using System.CommandLine;
using System.CommandLine.Parsing;

namespace Library.LoadCatalog;

/// <summary>What to load, and where to.</summary>
internal sealed record LoadOptions(FileInfo File, Uri Library, Uri RabbitMq, int InFlight, TimeSpan Patience)
{
    public static Task<int> RunAsync(string[] arguments, Func<LoadOptions, Task<int>> load)
    {
        var file = new Argument<FileInfo>("file") { Description = "Catalog file: NDJSON in the import format." }.AcceptExistingOnly();
        var library = new Option<Uri>("--library") { Description = "Base address of the API.", CustomParser = ToUri, DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080") };
        var rabbit = new Option<Uri>("--rabbitmq") { Description = "AMQP URI of the broker, to watch the events arrive.", CustomParser = ToUri, Required = true };
        var inFlight = new Option<int>("--in-flight") { Description = "Requests under way at once.", DefaultValueFactory = _ => 64 };
        var patience = new Option<int>("--patience") { Description = "Seconds without success after which to give up.", DefaultValueFactory = _ => 120 };
        inFlight.Validators.Add(AtLeastOne);
        patience.Validators.Add(AtLeastOne);

        var command = new RootCommand("Loads a catalog file by single POSTs and checks that all of it is applied and published.") { file, library, rabbit, inFlight, patience };
        command.SetAction(parsed => load(new LoadOptions(
            parsed.GetValue(file)!, parsed.GetValue(library)!, parsed.GetValue(rabbit)!, parsed.GetValue(inFlight), TimeSpan.FromSeconds(parsed.GetValue(patience)))));
        return command.Parse(arguments).InvokeAsync();
    }

    private static Uri? ToUri(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var uri)) return uri;
        argument.AddError($"'{argument.Tokens[0].Value}' is no absolute URI.");
        return null;
    }

    private static void AtLeastOne(OptionResult option)
    {
        if (option.GetValueOrDefault<int>() < 1) option.AddError($"{option.Option.Name} must be at least 1.");
    }
}
