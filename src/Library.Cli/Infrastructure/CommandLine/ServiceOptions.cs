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
    private readonly Option<FileInfo?> _keyFile = new("--key-file")
    {
        HelpName = "file",
        Description = "File that holds an API key alone. Default: LIBRARY_KEY, else the key of the config file. (A key as an argument could be read by every user of this machine.)",
        Recursive = true,
    };
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
            Description = $"Address of the service. Default: LIBRARY_URL, else that of the config file, else {DefaultUrl}.",
            CustomParser = ToUrl,
            DefaultValueFactory = DefaultUrlOf,
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
        root.Options.Add(_keyFile);
        root.Options.Add(_json);
        root.Options.Add(_patience);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <param name="action">Gives the exit code.</param>
    public async Task<int> RunAsync(ParseResult parsed, Func<Session, Task<int>> action)
    {
        using var client = new LibraryClient(parsed.GetRequiredValue(_url), Key(parsed));
        return await action(new Session(client, _terminal, IsJson(parsed), TimeSpan.FromSeconds(parsed.GetValue(_patience))));
    }

    /// <summary>Keeps the key that standard input holds.</summary>
    public async Task<int> SaveAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var input = new StreamReader(_terminal.In);
        var key = (await input.ReadToEndAsync(cancellation)).Trim();
        if (key.Length == 0 || key.Any(char.IsWhiteSpace)) throw new IOException("Standard input must hold one key, such as: library keys save < admin-key");
        var path = new ConfigFile(parsed.GetRequiredValue(_url).ToString().TrimEnd('/'), key).Write(_terminal);
        await _terminal.Error.WriteLineAsync($"Saved in {path}.");
        return ExitCodes.Ok;
    }

    /// <summary>Null: none is sent.</summary>
    private string? Key(ParseResult parsed) => parsed.GetValue(_keyFile) is { } file
        ? File.ReadAllText(file.FullName).Trim()
        : _terminal.Variable("LIBRARY_KEY") ?? ConfigFile.Read(_terminal).Key;

    private Uri DefaultUrlOf(ArgumentResult argument)
    {
        try
        {
            return ToUrl(_terminal.Variable("LIBRARY_URL") ?? ConfigFile.Read(_terminal).Url ?? DefaultUrl, argument);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            argument.AddError(fault.Message);
            return null!;
        }
    }

    private static Uri? ToUrl(ArgumentResult argument) => ToUrl(argument.Tokens[0].Value, argument);

    private static Uri ToUrl(string text, ArgumentResult argument)
    {
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        argument.AddError($"'{text}' is no http address, such as {DefaultUrl}.");
        return null!;
    }
}
