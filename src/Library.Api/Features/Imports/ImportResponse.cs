using Library.Contracts;

namespace Library.Api.Features.Imports;

/// <summary>How far an import is.</summary>
internal sealed record ImportResponse
{
    /// <summary>The import's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>receiving (the upload runs), running, paused, succeeded (each record was applied, found unchanged or refused), failed (nothing was applied) or cancelled (the rest is not applied).</summary>
    public required string Status { get; init; }

    /// <summary>True: only a check, which changes nothing; the counts are what would have been.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Records that have arrived.</summary>
    public required long Received { get; init; }

    /// <summary>Records that created or changed an author or a book.</summary>
    public required long Applied { get; init; }

    /// <summary>Records whose author or book was as they say already.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Records that had no effect because they are wrong.</summary>
    public required long Refused { get; init; }

    /// <summary>Where those records are, each with the reason; left out while there are none.</summary>
    public string? RefusedUrl => Refused > 0 ? $"/v1/imports/{Id}/refused" : null;

    /// <summary>Records of the whole upload; left out until all of it has arrived.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes that have arrived, without any content encoding.</summary>
    public required long Bytes { get; init; }

    /// <summary>How fast it goes now; of an import that has ended, how fast it went in all.</summary>
    public double? RecordsPerSecond { get; init; }

    /// <summary>Seconds until it is through, at this rate; only while it is running.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>When the upload began (UTC).</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>What was taken back; left out unless that was asked for.</summary>
    public ImportUndoResponse? Undo { get; init; }

    /// <summary>Why it failed.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>How far the undo of an import is.</summary>
internal sealed record ImportUndoResponse
{
    /// <summary>running or succeeded.</summary>
    public required string Status { get; init; }

    /// <summary>Authors and books that are as they were before the import.</summary>
    public required long Undone { get; init; }

    /// <summary>Authors and books that were left as they are: something else has changed them since, or a book from elsewhere names the author.</summary>
    public required long Kept { get; init; }
}

internal static class ImportStatus
{
    public const string Receiving = "receiving";
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static bool IsEnd(string status) => status is Succeeded or Failed or Cancelled;
}
