using System.Globalization;
using Library.Testing;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.EndToEnd.ImportKills;

/// <summary>Stops whoever writes the catalog's events at one of them, in the middle of its transaction, until it is opened.</summary>
internal sealed class EventGate(LibraryService service) : IAsyncDisposable
{
    private NpgsqlConnection? _holder;
    private long _at;

    /// <summary>Events are counted as they are written: those of a transaction that is rolled back count again.</summary>
    public Task InstallAsync() => service.ScalarAsync<object>("""
        create sequence written;
        create table gate (at bigint not null, barred boolean not null);
        insert into gate values (9223372036854775807, false);
        create function pass_gate() returns trigger language plpgsql as $$
        declare n bigint := nextval('written');
        begin
          if (select barred from gate) then raise exception 'barred' using errcode = '55000'; end if;
          perform pg_advisory_xact_lock_shared(at) from gate where n >= at;
          return new;
        end $$;
        create trigger pass_gate before insert on mt_events for each row execute function pass_gate()
        """);

    /// <summary>Closes it there, and opens it where it was closed before.</summary>
    public async Task CloseAtAsync(long written)
    {
        var before = _holder;
        (_holder, _at) = (new NpgsqlConnection(service.Postgres + ";Search Path=library;Pooling=false"), written);
        await _holder.OpenAsync();
        await using (var close = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_lock({written}); update gate set at = {written}, barred = false"), _holder)) await close.ExecuteNonQueryAsync();
        if (before is not null) await before.DisposeAsync();
    }

    /// <summary>Lets nobody pass until it is closed again, even if the database is killed and with it the connection that keeps it closed.</summary>
    public Task BarAsync() => service.ScalarAsync<object>("update gate set barred = true");

    public Task UntilReachedAsync(TimeSpan patience) => Eventually.HoldsAsync(
        () => service.ScalarAsync<bool>(string.Create(CultureInfo.InvariantCulture, $"""
            select exists (select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
              where locktype = 'advisory' and objsubid = 1 and classid = 0 and objid = {_at} and not granted)
            """)),
        $"event {_at} is being written", patience);

    public async ValueTask DisposeAsync()
    {
        if (_holder is not null) await _holder.DisposeAsync();
    }
}
