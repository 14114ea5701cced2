using Library.Testing.Hosts;

namespace Library.EndToEnd.ImportKills;

/// <summary>All that two catalogs must have in common, whenever and in whatever order it came about: ids, fields, versions and events, row by row.</summary>
internal static class Checksum
{
    private const string Sql = """
        select count(*) || ' ' || md5(string_agg(md5(line), '' order by md5(line) collate "C")) from (
          select row('author', id, version, state::text, birth_earliest, birth_latest, terms, deleted_at_position is null)::text as line from authors
          union all select row('book', id, version, state::text, publish_earliest, publish_latest, terms)::text from books
          union all select row('link', book_id, author_id, ordinal)::text from book_authors
          union all select row('author document', id, mt_version, data)::text from mt_doc_author
          union all select row('book document', id, mt_version, data)::text from mt_doc_book
          union all select row('stream', id, type, version)::text from mt_streams where type <> 'import'
          union all select row('event', stream_id, version, type, data)::text from mt_events where type <> 'import_completed') lines
        """;

    /// <summary>Number of rows, and their checksum.</summary>
    public static async Task<string> OfAsync(LibraryService service)
    {
        await using var command = service.Database.CreateCommand(Sql);
        command.CommandTimeout = 0;
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Events that are there more than once, or are missing in their stream.</summary>
    public static Task<long> MisplacedEventsAsync(LibraryService service) => service.ScalarAsync<long>("""
        select count(*) from mt_streams s full join (select stream_id, count(*), count(distinct version) as versions, max(version) from mt_events group by stream_id) e on e.stream_id = s.id
        where (s.version = e.count and s.version = e.versions and s.version = e.max) is not true
        """);
}
