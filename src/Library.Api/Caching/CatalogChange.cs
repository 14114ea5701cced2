namespace Library.Api.Caching;

/// <summary>What the cache needs to know of an event, whichever its type: raw JSON binds by name, the rest of it is not even parsed.</summary>
internal sealed record CatalogChange
{
    public long Position { get; init; }

    public long PreviousPosition { get; init; }

    public Changed? Author { get; init; }

    public Changed? Book { get; init; }

    internal sealed record Changed
    {
        public Guid Id { get; init; }
    }
}
