using System.Security.Cryptography;
using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Features.Imports;

/// <summary>Takes in the body of an import record by record: none is kept, so memory does not grow with it.</summary>
internal sealed partial class ImportUpload(
    NpgsqlDataSource postgres, ImportRows rows, RecordParser parser, IOptions<ImportOptions> options, TimeProvider time, ILogger<ImportUpload> log)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when every record is safe in the database and the import is set running, or throws with nothing staged and the import failed.</summary>
    public async Task ReceiveAsync(ImportRequest request, Guid importId, CancellationToken cancellation)
    {
        try
        {
            using var hash = request.Key is null ? null : request.StartFingerprint();
            await using var staging = await Staging.BeginAsync(postgres, importId, cancellation);
            var count = await StageAsync(request, importId, staging, hash, cancellation);
            if (!await staging.CompleteAsync(count, hash?.GetHashAndReset(), request.DryRun, cancellation)) throw Cancelled(importId);
        }
        catch (Exception fault)
        {
            await FailAsync(importId, fault);
            throw;
        }
    }

    private async Task<UploadCount> StageAsync(ImportRequest request, Guid importId, Staging staging, IncrementalHash? hash, CancellationToken cancellation)
    {
        var count = default(UploadCount);
        await using var body = await request.OpenBodyAsync(cancellation);
        using var source = new RecordSource(body, new LineFormat(), options.Value.RecordBytes, read =>
        {
            count.Bytes += read.Length;
            hash?.AppendData(read);
        });
        using var header = body.Format != ImportFormat.NdJson && await source.NextAsync(cancellation) ? Header(source, body.Format) : null;
        var shape = body.Format == ImportFormat.NdJson ? new LineShape() : null;
        var told = time.GetTimestamp();
        while (await source.NextAsync(cancellation))
        {
            shape?.See(source.Row.Span);
            var (parsed, record) = Read(source, header);
            await staging.AddAsync(source.Line, parsed, record, cancellation);
            count.Received++;
            if (parsed.Problem is not null) count.Refused++;
            if (time.GetElapsedTime(told) < ProgressInterval) continue;
            if (!await rows.ProgressAsync(importId, count, cancellation)) throw Cancelled(importId);
            told = time.GetTimestamp();
        }

        shape?.End();
        return count;
    }

    private static RecordHeader Header(RecordSource source, ImportFormat format)
    {
        if (source.IsTooLarge) throw new RefusalException(Problems.Malformed("The header of the CSV cannot be read: it is larger than a record may be."));
        var header = RecordHeader.Read(source.Row.Span, format == ImportFormat.Tab ? [CsvFormat.Tab] : CsvFormat.All);
        source.Format = header.Format;
        return header;
    }

    /// <returns>The record as it is kept: a row of CSV as the JSON that it stands for.</returns>
    private (ParsedRecord Parsed, ReadOnlyMemory<byte> Record) Read(RecordSource source, RecordHeader? header)
    {
        if (source.IsTooLarge) return (ParsedRecord.Refused(Problems.RecordTooLarge(options.Value.RecordBytes)), source.Row);
        if (source.Fault is { } fault) return (ParsedRecord.Refused(Problems.Malformed(fault)), source.Row);
        if (header is null) return (parser.Parse(source.Row.Span), source.Row);
        if (!System.Text.Unicode.Utf8.IsValid(source.Row.Span)) return (parser.Parse(source.Row.Span), source.Row);
        return header.ToJson(source.Row.Span) is { } json
            ? (parser.Parse(json.Span), json)
            : (ParsedRecord.Refused(Problems.Malformed(header.Mismatch)), source.Row);
    }

    /// <summary>Whatever happened, the client has not been told that the import is safe. A row that can't be written now is found by the worker's sweep.</summary>
    private async Task FailAsync(Guid importId, Exception fault)
    {
        var problem = fault switch
        {
            RefusalException refusal => refusal.Problem,
            NpgsqlException or TimeoutException => Problems.Unavailable,
            OperationCanceledException or IOException or BadHttpRequestException => Problems.UploadBroken,
            _ => Problems.Fault,
        };
        LogFailed(importId, problem.Title, problem == Problems.Fault ? fault : null);
        try
        {
            await rows.FailAsync(importId, problem, CancellationToken.None);
        }
        catch (Exception second) when (second is NpgsqlException or TimeoutException)
        {
            LogUntold(importId, second);
        }
    }

    private static RefusalException Cancelled(Guid importId) => new(Problems.ImportState(importId, "receive", ImportStatus.Cancelled));

    [LoggerMessage(500, LogLevel.Warning, "Import {ImportId} was not received: {Problem}")]
    private partial void LogFailed(Guid importId, string problem, Exception? fault);

    [LoggerMessage(501, LogLevel.Warning, "Import {ImportId} could not be marked failed; the worker will find that its upload is dead")]
    private partial void LogUntold(Guid importId, Exception fault);
}
