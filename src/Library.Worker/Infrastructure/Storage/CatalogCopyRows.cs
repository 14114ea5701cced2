using System.Text;
using Library.Contracts;
using Library.Hosting.Search;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage.Documents;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>Makes the rows that <see cref="CatalogCopySql"/> writes: those of what is new in a catalog. No I/O.</summary>
internal static class CatalogCopyRows
{
    /// <summary>Table by table, parents before children, each made when it is asked for. The caller disposes of them.</summary>
    public static IEnumerable<CopyRows> Of(Catalog catalog)
    {
        yield return Streams(catalog);
        yield return Events(catalog);
        yield return Authors(catalog);
        yield return AuthorDocuments(catalog);
        yield return Books(catalog);
        yield return BookDocuments(catalog);
    }

    /// <summary>Whether its row is new. One that came and went in the same transaction leaves a mark at most, which is not for COPY.</summary>
    public static bool IsCopied(Catalog catalog, Guid id) => catalog.IsNew(id) && catalog.Find(id) is (AuthorEntry { State: not null } or BookEntry { State: not null });

    public static CopyRows LinksOf(Catalog catalog)
    {
        var rows = new CopyRows("book_authors (book_id, author_id, ordinal, roles, since)");
        foreach (var link in CatalogWriteSql.LinksOf(Copied<BookEntry>(catalog).Select(book => book.Entry)))
        {
            rows.StartRow(5);
            rows.Add(link.Book);
            rows.Add(link.Author);
            rows.Add(link.Ordinal);
            rows.Add(link.Roles);
            rows.Add(link.Since);
        }

        return rows;
    }

    private static CopyRows Streams(Catalog catalog)
    {
        var rows = new CopyRows("mt_streams (id, type, version, timestamp, created, tenant_id)");
        foreach (var last in catalog.LastEvents)
        {
            if (!catalog.IsNew(last.ResourceId)) continue;
            rows.StartRow(6);
            rows.Add(last.ResourceId);
            rows.Add(catalog.Find(last.ResourceId)!.Resource);
            rows.Add((long)last.Version);
            rows.Add(catalog.Now);
            rows.Add(catalog.Now);
            rows.Add("*DEFAULT*"u8);
        }

        return rows;
    }

    private static CopyRows Events(Catalog catalog)
    {
        var rows = new CopyRows("mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)");
        foreach (var e in catalog.Events)
        {
            rows.StartRow(11);
            rows.Add(e.Position);
            rows.Add(e.EventId);
            rows.Add(e.ResourceId);
            rows.Add((long)e.Version);
            rows.AddJson(e.Data, e.Type.Clr);
            rows.Add(e.Type.StoredName);
            rows.Add(catalog.Now);
            rows.Add("*DEFAULT*"u8);
            rows.Add(e.Type.DotNetName);
            rows.AddJson(Encoding.UTF8.GetBytes(e.Provenance.ToHeaders().ToJson()));
            rows.Add(false);
        }

        return rows;
    }

    private static CopyRows Authors(Catalog catalog)
    {
        var rows = new CopyRows("authors (id, state, heading, name_key, search, birth_earliest, birth_latest, terms, version, position)");
        var vector = new SearchVector();
        foreach (var (last, author) in Copied<AuthorEntry>(catalog))
        {
            rows.StartRow(10);
            rows.Add(last.ResourceId);
            rows.AddJsonText(author.State!, typeof(AuthorState));
            rows.Add(author.State!.Name);
            rows.Add(Folding.Key(author.State.Name));
            rows.Add(SearchText.Of(author.State, vector).ToBinary());
            Add(rows, DateColumns.Of(author.State.BirthDate));
            rows.Add(FilterTerms.Of(author.State));
            rows.Add(author.Version);
            rows.Add(last.Position);
        }

        return rows;
    }

    private static void Add(CopyRows rows, DateColumns date)
    {
        if (date.Earliest is { } earliest) rows.Add(earliest);
        else rows.Null();
        rows.Add(date.Latest);
    }

    private static CopyRows AuthorDocuments(Catalog catalog)
    {
        var rows = Documents("mt_doc_author");
        foreach (var (_, author) in Copied<AuthorEntry>(catalog))
            Document(rows, catalog, author.State!.Id, author.Version, typeof(Author), new Author { Id = author.State.Id, Version = author.Version, State = author.State });
        return rows;
    }

    private static CopyRows Books(Catalog catalog)
    {
        var rows = new CopyRows("books (id, state, heading, title_key, search, publish_earliest, publish_latest, terms, version, position)");
        var vector = new SearchVector();
        foreach (var (last, book) in Copied<BookEntry>(catalog))
        {
            rows.StartRow(10);
            rows.Add(last.ResourceId);
            rows.AddJsonText(book.State!, typeof(BookState));
            rows.Add(book.State!.Title);
            rows.Add(Folding.Key(book.State.Title));
            rows.Add(SearchText.Of(book.State, vector).ToBinary());
            Add(rows, DateColumns.Of(book.State.PublishDate));
            rows.Add(FilterTerms.Of(book.State));
            rows.Add(book.Version);
            rows.Add(last.Position);
        }

        return rows;
    }

    private static CopyRows BookDocuments(Catalog catalog)
    {
        var rows = Documents("mt_doc_book");
        foreach (var (_, book) in Copied<BookEntry>(catalog))
            Document(rows, catalog, book.State!.Id, book.Version, typeof(Book), new Book { Id = book.State.Id, Version = book.Version, State = book.State });
        return rows;
    }

    private static CopyRows Documents(string table) => new($"{table} (id, data, mt_version, mt_last_modified, mt_dotnet_type)");

    private static void Document(CopyRows rows, Catalog catalog, Guid id, int version, Type type, object document)
    {
        rows.StartRow(5);
        rows.Add(id);
        rows.AddJson(document, type);
        rows.Add(version);
        rows.Add(catalog.Now);
        rows.Add(type.FullName);
    }

    private static IEnumerable<(AppendedEvent Last, TEntry Entry)> Copied<TEntry>(Catalog catalog) where TEntry : Entry
    {
        foreach (var last in catalog.LastEvents)
            if (catalog.Find(last.ResourceId) is TEntry entry && IsCopied(catalog, last.ResourceId)) yield return (last, entry);
    }
}
