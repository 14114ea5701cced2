using System.Text.Json;
using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Hosting.Messaging;

namespace Library.Api.Features.Authors;

/// <summary>Authors as they are read. A marked one is deleted: its row stays only until its last book has let go of it.</summary>
internal static class AuthorResource
{
    public static readonly ResourceType Type = new(CatalogTypes.Author, "author", "authors", "r.deleted_at_position is null",
    [
        ResourceField.Uuid("id", "r.id"),
        ResourceField.Text("name", "r.name"),
        ResourceField.Text("bio", "r.bio"),
        ResourceField.Date("birthDate", "r.birth_date"),
        ResourceField.Integer("version", "r.version"),
    ],
    OfEvent);

    // Every event's data has the state at the same place, so any author event's type reads it.
    private static ReadOnlyMemory<byte> OfEvent(byte[] data, int version) =>
        ToJson(JsonSerializer.Deserialize(data, LibraryJsonContext.Default.AuthorCreated)!.Author, version);

    /// <summary>What a decided operation left of an author.</summary>
    public static Representation? Of(DecidedOperation decided) =>
        decided is { Author: { } author, Version: { } version } ? new Representation(author.Id, ToJson(author, version), version) : null;

    private static ReadOnlyMemory<byte> ToJson(AuthorState state, int version)
    {
        var author = new AuthorResponse { Id = state.Id, Name = state.Name, Bio = state.Bio, BirthDate = state.BirthDate, Version = version };
        return JsonSerializer.SerializeToUtf8Bytes(author, AuthorJson.Responses.AuthorResponse);
    }
}
