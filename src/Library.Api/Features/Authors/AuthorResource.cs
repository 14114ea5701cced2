using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Messaging;

namespace Library.Api.Features.Authors;

/// <summary>Authors as they are read. A marked one is deleted: its row stays only until its last book has let go of it.</summary>
internal static class AuthorResource
{
    public static readonly ResourceType Type = new(CatalogTypes.Author, "author", "authors", "r.deleted_at_position is null", LibraryJsonContext.Default.AuthorState);

    /// <summary>What a decided operation left of an author.</summary>
    public static Representation? Of(DecidedOperation decided) =>
        decided is { Author: { } author, Version: { } version } ? new Representation(author.Id, ResourceJson.OfState(author, version), version) : null;
}
