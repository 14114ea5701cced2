using Library.Api.Infrastructure.Access;

namespace Library.Api.Features.ApiKeys;

/// <summary>An API key, without its secret.</summary>
internal sealed record ApiKeyResponse
{
    /// <summary>The key's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The caller that it authenticates.</summary>
    public required string Name { get; init; }

    /// <summary>The key's first characters, which are no secret.</summary>
    public required string Prefix { get; init; }

    /// <summary>The key itself: shown only once, when it is created.</summary>
    public string? Key { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it ends (UTC); left out: not by itself.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>When it was last used (UTC), to the minute; left out: never.</summary>
    public DateTime? LastUsedAt { get; init; }

    /// <summary>When it was revoked (UTC); left out: it was not.</summary>
    public DateTime? RevokedAt { get; init; }

    public static ApiKeyResponse Of(ApiKeyRow row, string? key = null) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Prefix = row.Prefix,
        Key = key,
        Scopes = row.Scopes,
        CreatedAt = row.CreatedAt,
        ExpiresAt = row.ExpiresAt,
        LastUsedAt = row.LastUsedAt,
        RevokedAt = row.RevokedAt,
    };
}
