using System.IO.Pipelines;
using Library.Api.Features.Imports;
using Npgsql;

namespace Library.Api.Features.Exports;

/// <summary>Reads the rows of an export and sends them, no longer than an export may last.</summary>
internal sealed class ExportRun(NpgsqlConnection connection, TransferPace pace, PipeWriter body, TimeProvider time, TimeSpan longest)
{
    private const int ChunkBytes = 64 * 1024;

    private readonly long _began = time.GetTimestamp();

    /// <returns>False: it lasted too long.</returns>
    public async Task<bool> WriteAsync(string sql, Action<NpgsqlDataReader> write, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            write(row);
            if (body.UnflushedBytes < ChunkBytes) continue;
            await pace.FlushAsync(cancellation);
            if (time.GetElapsedTime(_began) < longest) continue;
            // Otherwise the remaining rows would be read to the end, only to be discarded.
            command.Cancel();
            return false;
        }

        return true;
    }
}
