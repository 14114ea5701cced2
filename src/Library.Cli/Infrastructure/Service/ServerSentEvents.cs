using System.Runtime.CompilerServices;
using System.Text;

namespace Library.Cli.Infrastructure.Service;

/// <param name="Id">The last id that was said up to here; null: none.</param>
/// <param name="Type">Null: none.</param>
/// <param name="Data">Null: the message only set the id.</param>
internal readonly record struct ServerSentEvent(string? Id, string? Type, string? Data);

/// <summary>
/// Reads a stream of Server-Sent Events (WHATWG HTML, 9.2.6). Not by the framework's parser, since that takes an id over before its
/// message is complete: whoever resumes from there after a broken connection misses that message.
/// </summary>
internal static class ServerSentEvents
{
    public static async IAsyncEnumerable<ServerSentEvent> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lines = new StreamReader(stream, Encoding.UTF8);
        string? id = null, type = null, data = null;
        var isNew = false;
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                if (isNew || data is not null) yield return new ServerSentEvent(id, type, data);
                (type, data, isNew) = (null, null, false);
                continue;
            }

            var (field, value) = Split(line);
            if (field == "id") (id, isNew) = (value, true);
            else if (field == "event") type = value;
            else if (field == "data") data = data is null ? value : data + "\n" + value;
        }
    }

    private static (string Field, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return (line, "");
        var value = line.AsSpan(colon + 1);
        return (line[..colon], (value.StartsWith(" ") ? value[1..] : value).ToString());
    }
}
