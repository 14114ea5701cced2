using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Imports;

/// <summary>How far an import is: what <c>GET /v1/imports/{id}</c> answers.</summary>
internal sealed record ImportState(
    Guid Id, string Status, bool DryRun, long Received, long Applied, long Unchanged, long Refused, long? Total, double? RecordsPerSecond, double? EtaSeconds,
    DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, UndoState? Undo, JsonElement? Problem)
{
    /// <summary>As it was answered.</summary>
    [JsonIgnore]
    public string Json { get; private init; } = "";

    public long Done => Applied + Unchanged + Refused;

    /// <summary>Nothing more happens to it, unless it is asked to undo.</summary>
    public bool HasEnded => Status is "succeeded" or "failed" or "cancelled" && Undo is not { Status: "running" };

    /// <summary>May be known before it has ended: where no record can even be read.</summary>
    public bool IsAllRefused => Status is "running" or "succeeded" && Refused > 0 && Refused == Total;

    public int ExitCode => this switch
    {
        { Undo: not null } => ExitCodes.Ok,
        { IsAllRefused: true } => ExitCodes.AllRefused,
        { HasEnded: false } or { Status: "succeeded", Refused: 0 } => ExitCodes.Ok,
        _ => ExitCodes.Incomplete,
    };

    public static ImportState Read(string json) => JsonSerializer.Deserialize<ImportState>(json, JsonSerializerOptions.Web)! with { Json = json };

    /// <summary>For people: one line.</summary>
    public string Summary() => string.Concat(
        $"import {Id}{(DryRun ? " (dry run)" : "")}: {Status}, {Counts()}",
        Undo is { } undo ? Invariant($"; undo {undo.Status}, {undo.Undone:N0} taken back, {undo.Kept:N0} kept") : "",
        Problem is { } problem ? "\n" + Refusal.Read(problem) : "");

    public string Counts() => Invariant($"{Done:N0}{(Total is { } total ? Invariant($" of {total:N0}") : "")} records: {Applied:N0} applied, {Unchanged:N0} unchanged, {Refused:N0} refused");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <param name="Status">running or succeeded.</param>
internal sealed record UndoState(string Status, long Undone, long Kept);
