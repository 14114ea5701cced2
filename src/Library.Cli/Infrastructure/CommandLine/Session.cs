using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Infrastructure.CommandLine;

/// <summary>What a command works with.</summary>
/// <param name="Json">Answer in JSON only, for programs.</param>
/// <param name="Patience">How long something that has begun waits for a service that has gone away.</param>
internal sealed record Session(LibraryClient Client, Terminal Terminal, bool Json, TimeSpan Patience)
{
    public TextWriter Out => Terminal.Out;

    /// <summary>Prints a resource's JSON, or its fields, a line each.</summary>
    public void Show(string json)
    {
        if (Json) Out.WriteLine(json);
        else Fields.Write(Out, json);
    }
}
