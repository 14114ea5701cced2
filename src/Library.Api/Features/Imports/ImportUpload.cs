using System.Security.Cryptography;
using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Features.Imports;

/// <summary>Receives the body of an import record by record and keeps none of them, so memory does not grow with the file.</summary>
internal sealed partial class ImportUpload(
    NpgsqlDataSource postgres, ImportRows rows, RecordParser parser, IOptions<ImportOptions> options, TimeProvider time, ILogger<ImportUpload> log)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>What a short file may expand to without being counted.</summary>
    private const long ExpansionFree = 64 * 1024 * 1024;

    /// <summary>The request's body, which may not fall silent.</summary>
    /// <param name="isWanted">Whether the import is still to be received.</param>
    public UploadBody Open(ImportRequest request, Func<Task<bool>> isWanted) => new(request.Body, options.Value.Silence, time, isWanted);

    /// <summary>Returns when every record is safe in the database and the import is set running, or throws with nothing staged and the import failed.</summary>
    public async Task ReceiveAsync(ImportRequest request, Guid importId, CancellationToken cancellation)
    {
        try
        {
            using var hash = request.Key is null ? null : request.StartFingerprint();
            await using var staging = await Staging.BeginAsync(postgres, importId, request.DryRun, cancellation);
            var count = await StageAsync(request, importId, staging, hash, cancellation);
            if (!await staging.CompleteAsync(count, hash?.GetHashAndReset(), cancellation)) throw Cancelled(importId);
        }
        catch (Exception fault)
        {
            await FailAsync(importId, fault);
            if (fault is UploadUnwantedException) throw Cancelled(importId);
            throw;
        }
    }

    private async Task<UploadCount> StageAsync(ImportRequest request, Guid importId, Staging staging, IncrementalHash? hash, CancellationToken cancellation)
    {
        var count = default(UploadCount);
        var arriving = Open(request, () => rows.ProgressAsync(importId, count, CancellationToken.None));
        await using var body = await request.OpenBodyAsync(arriving, cancellation);
        using var source = new RecordSource(body, new LineFormat(), options.Value.RecordBytes, read =>
        {
            count.Bytes += read.Length;
            if (count.Bytes > ExpansionFree && count.Bytes / options.Value.Expansion > arriving.Arrived) throw new RefusalException(Problems.ExpandsTooFar(options.Value.Expansion));
            hash?.AppendData(read);
        });
        using var header = body.Format != ImportFormat.NdJson && await source.NextAsync(cancellation) ? Header(source, body.Format) : null;
        var shape = body.Format == ImportFormat.NdJson ? new LineShape() : null;
        var told = time.GetTimestamp();
        while (await source.NextAsync(cancellation))
        {
            shape?.See(source.Row.Span);
            var (parsed, record) = Read(source, header);
            count.Received++;
            if (parsed.Problem is not null) count.Refused++;
            if (parsed.Problem is null || count.Refused <= options.Value.RefusedKept) await staging.AddAsync(source.Line, parsed, record, cancellation);
            if (parsed.Problem is { } problem && count.Refused == options.Value.RefusedKept && count.Received == count.Refused) throw new RefusalException(Problems.AllRefused(count.Refused, problem.Detail ?? problem.Title));
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

    /// <summary>Whatever happened, no success was reported to the client. If the row cannot be updated now, the worker's sweep finds it.</summary>
    private async Task FailAsync(Guid importId, Exception fault)
    {
        var problem = fault switch
        {
            RefusalException refusal => refusal.Problem,
            UploadUnwantedException => Problems.ImportState(importId, "receive", ImportStatus.Cancelled),
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

    [LoggerMessage(500, LogLevel.Warning, "The upload of import {ImportId} failed: {Problem}")]
    private partial void LogFailed(Guid importId, string problem, Exception? fault);

    [LoggerMessage(501, LogLevel.Warning, "Import {ImportId} could not be marked as failed; the worker will detect that its upload died")]
    private partial void LogUntold(Guid importId, Exception fault);
}
