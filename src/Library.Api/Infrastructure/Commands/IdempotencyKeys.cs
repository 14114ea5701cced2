using System.Security.Cryptography;
using System.Text;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Errors;
using Npgsql;

namespace Library.Api.Infrastructure.Commands;

/// <summary>What a key stands for: the operation, and the id that its resource was given.</summary>
/// <param name="IsDecided">The operation has an outcome: there is nothing to publish any more.</param>
internal readonly record struct IdempotencyClaim(Guid OperationId, Guid ResourceId, bool IsDecided);

/// <summary>
/// Makes one operation of a request that is sent several times. The key's row is committed before the command is published, so
/// a repeated request, on any instance and after any crash, either sends the same command again or finds it decided.
/// </summary>
internal sealed class IdempotencyKeys(Database database)
{
    // A statement that meets an uncommitted row waits for it, but then does not see it in its snapshot: no row is returned, so it runs again.
    private const string Sql = """
        with mine as (
          insert into idempotency_keys (caller, key, request, operation_id, resource_id) values ($1, $2, $3, $4, $5)
          on conflict (caller, key) do nothing returning request, operation_id, resource_id)
        select request, operation_id, resource_id, false from mine
        union all
        select k.request, k.operation_id, k.resource_id, exists (select from operations o where o.id = k.operation_id)
        from idempotency_keys k where k.caller = $1 and k.key = $2 and not exists (select from mine)
        """;

    /// <exception cref="RefusalException">The key was used for another request, or the database cannot be queried.</exception>
    public async Task<IdempotencyClaim> ClaimAsync(HttpContext http, string caller, string key, Guid operationId, Guid resourceId)
    {
        var request = Fingerprint(http);
        try
        {
            while (true)
            {
                var found = await database.ReadAsync(
                    Sql,
                    [
                        new NpgsqlParameter<string> { TypedValue = caller },
                        new NpgsqlParameter<string> { TypedValue = key },
                        new NpgsqlParameter<byte[]> { TypedValue = request },
                        new NpgsqlParameter<Guid> { TypedValue = operationId },
                        new NpgsqlParameter<Guid> { TypedValue = resourceId },
                    ],
                    ReadAsync,
                    http.RequestAborted);
                if (found is not { } row) continue;
                return row.Request.AsSpan().SequenceEqual(request) ? row.Claim : throw new RefusalException(Problems.IdempotencyKeyReused(key));
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new RefusalException(Problems.NotAcceptedUnkeyed);
        }
    }

    private static async Task<(byte[] Request, IdempotencyClaim Claim)?> ReadAsync(NpgsqlDataReader row, CancellationToken limit) =>
        await row.ReadAsync(limit) ? (row.GetFieldValue<byte[]>(0), new(row.GetGuid(1), row.GetGuid(2), row.GetBoolean(3))) : null;

    private static byte[] Fingerprint(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        if (http.Features.Get<BodyBytes>() is { } body) hash.AppendData(body.Value.Span);
        return hash.GetHashAndReset();
    }
}
