using Library.Api.Infrastructure.Access;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Library.Api.Tests.Infrastructure.Access;

public class VerifiedKeysTests
{
    private readonly FakeApiKeys _table = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly VerifiedKeys _keys;

    public VerifiedKeysTests() => _keys = new VerifiedKeys(_table, _time, NullLogger<VerifiedKeys>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_database_is_asked_once_for_many_requests()
    {
        var key = _table.Add("ann", ["catalog:read"]);
        (await VerifyAsync(key))!.Caller.ShouldBe(new Caller("ann", IsAdmin: false));
        for (var i = 0; i < 100; i++) _keys.Find(ApiKeyText.Hash(key)).ShouldNotBeNull();
        _table.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_in_use_is_asked_for_again_while_requests_go_on()
    {
        var key = _table.Add("ann", ["catalog:read"]);
        await VerifyAsync(key);
        _time.Advance(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 10; i++) _keys.Find(ApiKeyText.Hash(key)).ShouldNotBeNull();
        _table.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task A_revoked_key_ends_within_five_seconds_however_often_it_is_used()
    {
        var key = _table.Add("ann", ["catalog:read"]);
        await VerifyAsync(key);
        var row = _table.Rows.Values.Single();
        _table.Rows[row.Id] = row with { RevokedAt = DateTime.UnixEpoch };
        for (var waited = 0; waited < 50 && _keys.Find(ApiKeyText.Hash(key)) is not null; waited++) _time.Advance(TimeSpan.FromMilliseconds(100));
        _keys.Find(ApiKeyText.Hash(key)).ShouldBeNull();
        (await VerifyAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_database_a_key_ends_as_well()
    {
        var key = _table.Add("ann", ["catalog:read"]);
        await VerifyAsync(key);
        _table.Fault = new NpgsqlException("away");
        _time.Advance(TimeSpan.FromSeconds(3));
        _keys.Find(ApiKeyText.Hash(key)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(2));
        _keys.Find(ApiKeyText.Hash(key)).ShouldBeNull();
        await Should.ThrowAsync<NpgsqlException>(() => VerifyAsync(key));
    }

    [Fact]
    public async Task A_key_ends_at_its_time_to_the_moment()
    {
        var key = _table.Add("ann", ["catalog:read"], expiresAt: _time.GetUtcNow().UtcDateTime.AddSeconds(1));
        await VerifyAsync(key);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        _keys.Find(ApiKeyText.Hash(key)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        _keys.Find(ApiKeyText.Hash(key)).ShouldBeNull();
        (await VerifyAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_key_of_the_same_prefix_is_not_that_key()
    {
        var key = _table.Add("ann", ["catalog:read"]);
        await VerifyAsync(key);
        var row = _table.Rows.Values.Single();
        (await _keys.VerifyAsync(row.Prefix, ApiKeyText.Hash(ApiKeyText.New()), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Its_last_use_is_written_once_a_minute_at_most()
    {
        var key = _table.Add("ann", ["catalog:read"]);
        var row = _table.Rows.Values.Single();
        await VerifyAsync(key);
        _table.Used.Count.ShouldBe(1);
        _table.Rows[row.Id] = row with { LastUsedAt = _time.GetUtcNow().UtcDateTime };
        for (var i = 0; i < 11; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await VerifyAsync(key);
        }

        _table.Used.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(5));
        await VerifyAsync(key);
        _table.Used.Count.ShouldBe(2);
    }

    private Task<CallerPrincipal?> VerifyAsync(string key) => _keys.VerifyAsync(key[..ApiKeyText.PrefixLength], ApiKeyText.Hash(key), Cancellation);
}
