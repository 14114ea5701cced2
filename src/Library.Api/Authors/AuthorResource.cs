using System.Text.Json;
using Library.Api.Http;
using Library.Api.Reading;
using Library.Contracts;
using Npgsql;

namespace Library.Api.Authors;

/// <summary>Authors as they are read. A marked one is deleted: its row stays only until its last book has let go of it.</summary>
internal static class AuthorResource
{
    public static readonly ResourceType Type = new("author", "authors",
        """
        select id, name, bio, birth_date, version, position from authors where id = $1 and deleted_at_position is null
        """,
        """
        select id, name, bio, birth_date, version, position from authors where id > $1 and deleted_at_position is null order by id limit $2
        """,
        Read,
        OfEvent);

    private static Representation Read(NpgsqlDataReader row)
    {
        var author = new AuthorResponse
        {
            Id = row.GetGuid(0),
            Name = row.GetString(1),
            Bio = row.IsDBNull(2) ? null : row.GetString(2),
            BirthDate = row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
            Version = row.GetInt32(4),
        };
        return new(author.Id, ToJson(author), author.Version, row.GetInt64(5));
    }

    // Every event's data has the state at the same place, so any author event's type reads it.
    private static ReadOnlyMemory<byte> OfEvent(byte[] data, int version)
    {
        var state = JsonSerializer.Deserialize(data, LibraryJsonContext.Default.AuthorCreated)!.Author;
        return ToJson(new AuthorResponse { Id = state.Id, Name = state.Name, Bio = state.Bio, BirthDate = state.BirthDate, Version = version });
    }

    private static byte[] ToJson(AuthorResponse author) => JsonSerializer.SerializeToUtf8Bytes(author, ResponseJson.Types.AuthorResponse);
}
