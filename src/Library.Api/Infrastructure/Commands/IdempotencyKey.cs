using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Infrastructure.Commands;

/// <summary>The header <c>Idempotency-Key</c> (IETF draft): a structured-field string; a client that leaves the quotes out is understood as well.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>Null: the request carries none.</summary>
    public static string? Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out var values)) return null;
        return Unquoted(values) is { Length: >= 1 and <= MaxLength } key && key.All(character => character is >= ' ' and <= '~' and not '"' and not '\\')
            ? key
            : throw new RefusalException(Problems.Malformed($"The header {Header} cannot be read.", new Dictionary<string, string[]>
            {
                [Header] = [$"It must be one string of 1–{MaxLength} printable ASCII characters, such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\"."],
            }));
    }

    private static string? Unquoted(StringValues values) => values switch
    {
        [['"', .. var key, '"']] => key,
        [{ } key] => key,
        _ => null,
    };
}
