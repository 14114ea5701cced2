using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Messaging;

namespace Library.Api.Features.Authors;

/// <summary>How authors are read. A marked author is deleted; its row stays only until the cascade has removed it from its last book.</summary>
internal static class AuthorResource
{
    public static readonly ResourceType Type = new(CatalogTypes.Author, "author", "authors", "r.deleted_at_position is null", LibraryJsonContext.Default.AuthorState);

    /// <summary>The author's state after a decided operation.</summary>
    public static Representation? Of(DecidedOperation decided) =>
        decided is { Author: { } author, Version: { } version } ? new Representation(author.Id, ResourceJson.OfState(author, version), version) : null;
}
