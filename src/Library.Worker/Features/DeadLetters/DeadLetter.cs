using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Library.Hosting.Messaging;
using Library.Worker.Features.Commands;
using RabbitMQ.Client;

namespace Library.Worker.Features.DeadLetters;

/// <summary>A message of the error queue, as it is kept.</summary>
/// <param name="Headers">JSON, an object of strings.</param>
internal sealed record DeadLetter(byte[] Digest, string? MessageId, Guid? OperationId, string Reason, byte[] Body, string Headers)
{
    private const string UnknownReason = "The message does not tell.";

    public static DeadLetter Of(IReadOnlyBasicProperties properties, byte[] body)
    {
        var headers = (properties.Headers ?? new Dictionary<string, object?>()).ToDictionary(header => header.Key, header => Text(header.Value));
        var messageId = properties.MessageId is { } id ? Kept(id) : null;
        return new(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(messageId ?? ""), 0, .. body]),
            messageId,
            CommandEnvelope.Read(body).Command?.OperationId ?? (Guid.TryParse(messageId, out var operation) ? operation : null),
            // The second header is RabbitMQ's own, on a message that the broker dead-lettered itself.
            headers.GetValueOrDefault(ErrorQueue.ReasonHeader) ?? headers.GetValueOrDefault("x-first-death-reason") ?? UnknownReason,
            body,
            JsonSerializer.Serialize(headers));
    }

    private static string Text(object? value) => Kept(value switch
    {
        byte[] text => Encoding.UTF8.GetString(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many and not string => string.Join(", ", many.Cast<object?>().Select(Text)),
        _ => value?.ToString() ?? "",
    });

    /// <summary>Postgres keeps no NUL in a text.</summary>
    private static string Kept(string text) => text.Replace('\0', '\uFFFD');
}
