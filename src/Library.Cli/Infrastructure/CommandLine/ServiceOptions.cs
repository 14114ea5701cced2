using System.CommandLine;
using System.CommandLine.Parsing;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Infrastructure.CommandLine;

/// <summary>What every command takes: which service, as whom, and how to answer.</summary>
internal sealed class ServiceOptions
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private readonly Terminal _terminal;
    private readonly Option<Uri> _url;
    private readonly Option<string?> _key;
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, a document a line, as the service answers it.", Recursive = true };
    private readonly Option<int> _patience = new("--patience")
    {
        HelpName = "seconds",
        Description = "How long an import, a feed or an audit that has begun waits for a service that has gone away.",
        DefaultValueFactory = _ => 60,
        Recursive = true,
    };

    public ServiceOptions(Terminal terminal)
    {
        _terminal = terminal;
        _url = new("--url")
        {
            Description = $"Address of the service. Default: LIBRARY_URL, else {DefaultUrl}.",
            CustomParser = ToUrl,
            DefaultValueFactory = argument => ToUrl(terminal.Variable("LIBRARY_URL") ?? DefaultUrl, argument),
            Recursive = true,
        };
        _key = new("--key")
        {
            Description = "API key, sent as bearer token. Default: LIBRARY_API_KEY (which, unlike an argument, other users of this machine don't see).",
            Recursive = true,
        };
        _patience.Validators.Add(patience =>
        {
            if (patience.GetValueOrDefault<int>() < 0) patience.AddError("--patience must be at least 0.");
        });
    }

    public void AddTo(RootCommand root)
    {
        root.Options.Add(_url);
        root.Options.Add(_key);
        root.Options.Add(_json);
        root.Options.Add(_patience);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <param name="action">Gives the exit code.</param>
    public async Task<int> RunAsync(ParseResult parsed, Func<Session, Task<int>> action)
    {
        // No default of the option: the help would print it.
        var key = parsed.GetValue(_key) ?? _terminal.Variable("LIBRARY_API_KEY");
        using var client = new LibraryClient(parsed.GetRequiredValue(_url), key);
        return await action(new Session(client, _terminal, IsJson(parsed), TimeSpan.FromSeconds(parsed.GetValue(_patience))));
    }

    private static Uri? ToUrl(ArgumentResult argument) => ToUrl(argument.Tokens[0].Value, argument);

    private static Uri ToUrl(string text, ArgumentResult argument)
    {
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        argument.AddError($"'{text}' is no http address, such as {DefaultUrl}.");
        return null!;
    }
}
