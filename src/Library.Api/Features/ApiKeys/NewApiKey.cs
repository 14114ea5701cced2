using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Resources;

namespace Library.Api.Features.ApiKeys;

/// <summary>A newly created key: its text, and the row that is stored.</summary>
internal sealed record NewApiKey(string Key, ApiKeyRow Row)
{
    /// <param name="body">Valid.</param>
    public static NewApiKey Of(ApiKeyBody body, DateTimeOffset now)
    {
        var key = ApiKeyText.New();
        return new(key, new ApiKeyRow
        {
            Id = Guid.CreateVersion7(now),
            Name = body.Name,
            Prefix = key[..ApiKeyText.PrefixLength],
            Hash = ApiKeyText.Hash(key),
            Scopes = body.Scopes,
            CreatedAt = now.UtcDateTime,
            ExpiresAt = AsOf.TryRead(body.ExpiresAt, out var end) ? end.UtcDateTime : null,
        });
    }
}
