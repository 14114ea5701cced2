using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Library.Api.Infrastructure.Reading;
using Npgsql;

namespace Library.Api.Infrastructure.Lists;

/// <summary>Reads a page from Postgres, straight into UTF-8.</summary>
internal sealed class ListReader([FromKeyedServices(ReadPool.Lists)] Database lists, [FromKeyedServices(ReadPool.Searches)] Database searches, Cursors cursors)
{
    private const int BytesARow = 512;

    /// <summary>This many rows may always be sorted, and this many are expected along an index: more than a page, since matches may cluster at its far end.</summary>
    private const double Enough = 1000;

    /// <summary>Past this share of the table the planner would read all of it.</summary>
    private const double Share = 0.02;

    /// <summary>Nothing found: there is no such parent.</summary>
    public async Task<ReadResult<Page>> ReadAsync(ListQuery query, CancellationToken cancellation) => await For(query).ReadAsync(
        ListSql.Of(query, await MatchFewAsync(query, cancellation)),
        async (rows, limit) =>
        {
            // Read first, so that the page shows at least that position.
            await rows.ReadAsync(limit);
            var position = rows.IsDBNull(0) ? 0 : rows.GetInt64(0);
            return new ReadResult<Page>(rows.GetBoolean(1) ? await ReadPageAsync(query, rows, limit) : null, position);
        },
        cancellation);

    /// <summary>A query that may read far more than a page uses a pool of its own.</summary>
    private Database For(ListQuery query) => query.Words is not null || query.Count == TotalCount.Exact ? searches : lists;

    /// <summary>Whether so few rows match that to sort them all costs less than to look for them along the sort's index may.</summary>
    internal async Task<bool> MatchFewAsync(ListQuery query, CancellationToken cancellation) => query.IsNarrowed && await For(query).ReadAsync(
        ListSql.Estimate(query),
        async (rows, limit) =>
        {
            await rows.ReadAsync(limit);
            var all = rows.GetInt64(0);
            await rows.NextResultAsync(limit);
            return AreFew(await ReadPlannedAsync(rows, limit), all);
        },
        cancellation);

    /// <summary>Whether, by chance, more rows than these must be passed until enough of them are met.</summary>
    internal static bool AreFew(double matches, double all) => matches <= Math.Max(Enough, all * Share) && matches <= Enough * Math.Max(Enough, all) / matches;

    private async Task<Page> ReadPageAsync(ListQuery query, NpgsqlDataReader rows, CancellationToken cancellation)
    {
        var (buffer, json) = JsonBuffer.Open(query.Limit * BytesARow);
        using (json)
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            await rows.NextResultAsync(cancellation);
            var end = await WriteItemsAsync(query, rows, json, cancellation);
            json.WriteEndArray();
            var next = end is null ? null : cursors.Write(query.Identity, end);
            if (next is not null) json.WriteString("next", next);
            if (query.Count != TotalCount.None) json.WriteNumber("total", await ReadTotalAsync(query, rows, cancellation));
            json.WriteEndObject();
            json.Flush();
            var bytes = buffer.WrittenSpan.ToArray();
            return new Page(bytes, $"\"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 12))}\"", next);
        }
    }

    /// <returns>Where the page ends; null: it is the last one.</returns>
    private static async Task<PageKey?> WriteItemsAsync(ListQuery query, NpgsqlDataReader rows, Utf8JsonWriter json, CancellationToken cancellation)
    {
        PageKey? last = null;
        PageKey? nextBlock = null;
        for (var written = 0; await rows.ReadAsync(cancellation); written++)
        {
            if (query.Sort is null) nextBlock = NextBlock(query, rows);
            if (rows.IsDBNull(1)) break;
            if (written == query.Limit) return last;
            last = KeyOf(query, rows);
            WriteItem(query, rows, json);
        }

        return nextBlock;
    }

    private static void WriteItem(ListQuery query, NpgsqlDataReader row, Utf8JsonWriter json)
    {
        var (state, version) = (row.GetFieldValue<byte[]>(2), row.GetInt32(3));
        if (query.Fields is null && query.Includes.Count == 0)
        {
            json.WriteRawValue(ResourceJson.Of(state, version), skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        ResourceJson.WriteFields(json, state, query.Fields ?? query.List.AllFields);
        if (query.Fields?.Contains(ResourceJson.Version) != false) json.WriteNumber(ResourceJson.Version, version);
        for (var i = 0; i < query.Includes.Count; i++)
        {
            json.WritePropertyName(query.Includes[i].Name);
            json.WriteRawValue(row.GetFieldValue<byte[]>(4 + i), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static PageKey KeyOf(ListQuery query, NpgsqlDataReader row) => new(
        query.Sort?.Kind switch
        {
            null => row.GetFloat(0),
            SortKind.Text => row.GetString(0),
            SortKind.Date => row.GetFieldValue<int?[]>(0) is [var earliest, { } latest] ? new DateKey(earliest, latest) : null,
            _ => null,
        },
        row.GetGuid(1),
        query.After?.Block ?? default);

    /// <summary>There may be hits after a full block; the next page shows.</summary>
    private static PageKey? NextBlock(ListQuery query, NpgsqlDataReader row) =>
        row.GetInt64(query.Includes.Count + 5) < ListSql.Block ? null : new PageKey(null, default, row.GetGuid(query.Includes.Count + 4));

    private static async Task<long> ReadTotalAsync(ListQuery query, NpgsqlDataReader rows, CancellationToken cancellation)
    {
        await rows.NextResultAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var counted = rows.GetInt64(0);
        if (query.Count == TotalCount.Exact || counted <= ListSql.CountedExactly) return counted;
        await rows.NextResultAsync(cancellation);
        return Math.Max(counted, await ReadPlannedAsync(rows, cancellation));
    }

    private static async Task<long> ReadPlannedAsync(NpgsqlDataReader rows, CancellationToken cancellation)
    {
        await rows.ReadAsync(cancellation);
        using var plan = JsonDocument.Parse(rows.GetString(0));
        return Convert.ToInt64(plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble(), CultureInfo.InvariantCulture);
    }
}
