using System.Text.Json.Serialization;

namespace Library.Contracts.Commands;

/// <summary>
/// What a client asks of the catalog. All commands share one ordered queue, <c>catalog-commands.v1</c>, so they share this JSON base:
/// the property <c>kind</c> tells them apart. The AMQP message-id is <see cref="OperationId"/>. Only the API may send commands.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(CreateAuthor), nameof(CreateAuthor))]
[JsonDerivedType(typeof(ReplaceAuthor), nameof(ReplaceAuthor))]
[JsonDerivedType(typeof(PatchAuthor), nameof(PatchAuthor))]
[JsonDerivedType(typeof(DeleteAuthor), nameof(DeleteAuthor))]
[JsonDerivedType(typeof(RestoreAuthor), nameof(RestoreAuthor))]
[JsonDerivedType(typeof(CreateBook), nameof(CreateBook))]
[JsonDerivedType(typeof(ReplaceBook), nameof(ReplaceBook))]
[JsonDerivedType(typeof(PatchBook), nameof(PatchBook))]
[JsonDerivedType(typeof(DeleteBook), nameof(DeleteBook))]
[JsonDerivedType(typeof(RestoreBook), nameof(RestoreBook))]
public abstract record CatalogCommand
{
    /// <summary>Names this command for good: a command that arrives again under the same id has no second effect.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>When the API took the command (UTC).</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The caller that sent it: owner of the operation, and actor of its events; null: callers are not told apart.</summary>
    public string? Actor { get; init; }

    /// <summary>The versions of which the resource must have one (<c>If-Match</c>, RFC 9110); null: any.</summary>
    public IReadOnlyList<int>? ExpectedVersions { get; init; }
}
