using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Tests.Infrastructure.Caching;

public class ReadCacheTests
{
    private readonly Caches _cache = new();
    private static readonly ReadResult<Representation> Nothing = new(null, long.MaxValue);
    private readonly Guid _id = Guid.CreateVersion7();

    [Fact]
    public async Task A_second_read_is_a_hit()
    {
        (await _cache.ReadAsync(_id, 1)).ShouldBe((1, false));
        (await _cache.ReadAsync(_id, 2)).ShouldBe((1, true));
    }

    [Fact]
    public async Task What_is_not_there_is_asked_for_each_time()
    {
        (await _cache.GetAsync(_id, _ => Task.FromResult(Nothing))).ShouldBe((null, false));
        (await _cache.ReadAsync(_id, 1)).ShouldBe((1, false));
    }

    [Fact]
    public async Task An_eviction_takes_the_one_entry()
    {
        var other = Guid.CreateVersion7();
        await _cache.ReadAsync(_id, 1);
        await _cache.ReadAsync(other, 1);
        _cache.Cache.Evict(CatalogTypes.Author, _id);
        (await _cache.ReadAsync(_id, 2)).ShouldBe((2, false));
        (await _cache.ReadAsync(other, 2)).ShouldBe((1, true));
    }

    [Fact]
    public async Task A_clear_takes_all_entries()
    {
        await _cache.ReadAsync(_id, 1);
        _cache.Cache.Clear();
        (await _cache.ReadAsync(_id, 2)).ShouldBe((2, false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fill_that_an_eviction_overtook_is_not_served_again(bool clear)
    {
        var fill = new TaskCompletionSource<ReadResult<Representation>>();
        var first = _cache.GetAsync(_id, _ => fill.Task).AsTask();
        if (clear) _cache.Cache.Clear();
        else _cache.Cache.Evict(CatalogTypes.Author, _id);
        fill.SetResult(Caches.Version(_id, 1));
        // The first reader began before the eviction: the old state is a true answer to it, but to nobody after it.
        (await first).Found!.Version.ShouldBe(1);
        (await _cache.ReadAsync(_id, 2)).ShouldBe((2, false));
    }

    [Fact]
    public async Task A_reader_that_joins_an_overtaken_fill_reads_again()
    {
        var fill = new TaskCompletionSource<ReadResult<Representation>>();
        var first = _cache.GetAsync(_id, _ => fill.Task).AsTask();
        _cache.Cache.Evict(CatalogTypes.Author, _id);
        var second = _cache.ReadAsync(_id, 2);
        fill.SetResult(Caches.Version(_id, 1));
        (await second).Version.ShouldBe(2);
        (await first).Found!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task The_time_limit_runs_from_the_read_of_the_database()
    {
        var fill = new TaskCompletionSource<ReadResult<Representation>>();
        var first = _cache.GetAsync(_id, _ => fill.Task).AsTask();
        _cache.Time.Advance(Caches.Duration);
        fill.SetResult(Caches.Version(_id, 1));
        // A slow read, but this reader's own.
        (await first).Found!.Version.ShouldBe(1);
        (await _cache.ReadAsync(_id, 2)).ShouldBe((2, false));
        _cache.Time.Advance(Caches.Duration - TimeSpan.FromTicks(1));
        (await _cache.ReadAsync(_id, 3)).ShouldBe((2, true));
        _cache.Time.Advance(TimeSpan.FromTicks(1));
        (await _cache.ReadAsync(_id, 3)).ShouldBe((3, false));
    }

    [Fact]
    public async Task A_reader_that_joins_a_read_past_its_time_reads_again()
    {
        var fill = new TaskCompletionSource<ReadResult<Representation>>();
        var first = _cache.GetAsync(_id, _ => fill.Task).AsTask();
        _cache.Time.Advance(Caches.Duration);
        var second = _cache.ReadAsync(_id, 2);
        fill.SetResult(Caches.Version(_id, 1));
        (await second).Version.ShouldBe(2);
        (await first).Found!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Many_readers_of_one_key_are_one_read()
    {
        var reads = 0;
        var fill = new TaskCompletionSource<ReadResult<Representation>>();
        var readers = Enumerable.Range(0, 50).Select(_ => _cache.GetAsync(_id, _ =>
        {
            Interlocked.Increment(ref reads);
            return fill.Task;
        }).AsTask()).ToList();
        fill.SetResult(Caches.Version(_id, 1));
        await Task.WhenAll(readers);
        reads.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_left_while_it_waited_for_anothers_fill_begins_none()
    {
        var fill = new TaskCompletionSource<ReadResult<Representation>>();
        var first = _cache.GetAsync(_id, _ => fill.Task).AsTask();
        using var client = new CancellationTokenSource();
        var second = _cache.Cache.GetAsync<Representation>(
            ReadCache.KeyOf(CatalogTypes.Author, _id),
            CacheTag.Of(_id),
            limit => Task.FromCanceled<ReadResult<Representation>>(limit),
            client.Token).AsTask();
        await client.CancelAsync();
        fill.SetException(new TimeoutException());
        await Should.ThrowAsync<TimeoutException>(first);
        await Should.ThrowAsync<OperationCanceledException>(second);
    }

    [Fact]
    public async Task Under_fire_no_read_is_older_than_an_eviction_before_it()
    {
        // The database's version rises, then its eviction comes; a reader that starts after it may not see less.
        var database = 0;
        var evicted = 0;
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var writer = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var version = Interlocked.Increment(ref database);
                _cache.Cache.Evict(CatalogTypes.Author, _id);
                Volatile.Write(ref evicted, version);
            }
        }, CancellationToken.None);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var least = Volatile.Read(ref evicted);
                var (found, _) = await _cache.GetAsync(_id, async _ =>
                {
                    var read = Caches.Version(_id, Volatile.Read(ref database));
                    await Task.Yield();
                    return read;
                });
                found!.Version.ShouldBeGreaterThanOrEqualTo(least);
            }
        }, CancellationToken.None)).ToList();
        await Task.WhenAll([writer, .. readers]);
    }
}
