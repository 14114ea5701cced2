using System.Text.Json;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Events;
using Library.Contracts.Serialization;

namespace Library.Api.Tests.Infrastructure.Caching;

public class CacheEvictionsTests
{
    private readonly Caches _cache = new();
    private readonly CacheEvictions _evictions;
    private readonly Guid _id = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();

    public CacheEvictionsTests() => _evictions = _cache.NewEvictions();

    [Fact]
    public async Task An_event_takes_its_resource_and_no_other()
    {
        _evictions.Apply(Change(9, 10, _other));
        await FillAsync();
        _evictions.Apply(Change(10, 13, _id));
        (await _cache.ReadAsync(_id, 2)).Version.ShouldBe(2);
        (await _cache.ReadAsync(_other, 2)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_takes_the_pages_that_show_its_type()
    {
        foreach (var types in (CatalogTypes[])[CatalogTypes.Author, CatalogTypes.Book, CatalogTypes.Author | CatalogTypes.Book]) await _cache.ReadPageAsync(types, 1);
        _evictions.Apply(Change(9, 10, _id));
        (await _cache.ReadPageAsync(CatalogTypes.Author, 2)).ShouldBe((2, false));
        (await _cache.ReadPageAsync(CatalogTypes.Book, 2)).ShouldBe((1, true));
        (await _cache.ReadPageAsync(CatalogTypes.Author | CatalogTypes.Book, 2)).ShouldBe((2, false));
        (await _cache.ReadPageAsync(CatalogTypes.Author, 3)).ShouldBe((2, true));
    }

    [Fact]
    public async Task A_database_that_is_behind_the_last_event_fills_nothing()
    {
        _evictions.Apply(Change(9, 10, _other));
        (await _cache.ReadAsync(_id, 1, position: 9)).ShouldBe((1, false));
        (await _cache.ReadAsync(_id, 2, position: 10)).ShouldBe((2, false));
        (await _cache.ReadAsync(_id, 3, position: 10)).ShouldBe((2, true));
    }

    [Fact]
    public async Task A_gap_empties_the_cache()
    {
        _evictions.Apply(Change(9, 10, _id));
        await FillAsync();
        _evictions.Apply(Change(11, 12, _id));
        (await _cache.ReadAsync(_other, 2)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_repeat_is_ignored_and_no_gap()
    {
        _evictions.Apply(Change(9, 10, _other));
        _evictions.Apply(Change(10, 11, _other));
        await FillAsync();
        _evictions.Apply(Change(9, 10, _id));
        _evictions.Apply(Change(10, 11, _id));
        (await _cache.ReadAsync(_id, 2)).Version.ShouldBe(1);
        _evictions.Apply(Change(11, 12, _id));
        (await _cache.ReadAsync(_id, 2)).Version.ShouldBe(2);
        (await _cache.ReadAsync(_other, 2)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_connection_empties_the_cache_and_starts_the_count_anew()
    {
        _evictions.Apply(Change(9, 10, _id));
        await FillAsync();
        _evictions.Reset();
        (await _cache.ReadAsync(_other, 2)).Version.ShouldBe(2);
        await FillAsync();
        _evictions.Apply(Change(98, 99, _id));
        (await _cache.ReadAsync(_other, 3)).Hit.ShouldBeTrue();
    }

    public static TheoryData<object> Events()
    {
        var author = new AuthorState { Id = Guid.CreateVersion7(), Name = "A" };
        var book = new BookState { Id = Guid.CreateVersion7(), Title = "B", Contributors = Contributor.Authors([author.Id]) };
        return
        [
            new AuthorCreated { Position = 3, PreviousPosition = 2, Author = author },
            new AuthorUpdated { Position = 3, PreviousPosition = 2, Author = author, Changed = ["name"] },
            new AuthorDeleted { Position = 3, PreviousPosition = 2, Author = author },
            new AuthorRestored { Position = 3, PreviousPosition = 2, Author = author },
            new BookCreated { Position = 3, PreviousPosition = 2, Book = book },
            new BookUpdated { Position = 3, PreviousPosition = 2, Book = book, Changed = ["title"] },
            new BookDeleted { Position = 3, PreviousPosition = 2, Book = book },
            new BookRestored { Position = 3, PreviousPosition = 2, Book = book },
        ];
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_as_it_is_on_the_wire_tells_its_resource_and_positions(object message)
    {
        var json = JsonSerializer.Serialize(message, message.GetType(), LibraryJson.Options);
        var change = JsonSerializer.Deserialize(json, CatalogChangeJson.Default.CatalogChange)!;
        change.Position.ShouldBe(3);
        change.PreviousPosition.ShouldBe(2);
        (change.Author is null ^ change.Book is null).ShouldBeTrue();
        (change.Author ?? change.Book)!.Id.ShouldNotBe(Guid.Empty);
    }

    private async Task FillAsync()
    {
        await _cache.ReadAsync(_id, 1);
        await _cache.ReadAsync(_other, 1);
    }

    private static CatalogChange Change(long previous, long position, Guid author) =>
        new() { PreviousPosition = previous, Position = position, Author = new() { Id = author } };
}
