using System.Text.Json.Serialization;

namespace Library.Contracts;

/// <summary>Why something was refused: problem details (RFC 9457), on the wire as <c>application/problem+json</c>.</summary>
public sealed record Problem
{
    /// <summary>URI reference of the problem's kind, relative to the API: it leads to the kind's description, e.g. <c>/problems#unknown-author</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in a few words, the same each time.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code that goes with it, 400–599.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong this time and what to do about it.</summary>
    public required string Detail { get; init; }

    /// <summary>What is wrong with which field, keyed by its JSON name (<c>authorIds[3]</c> for an element); null when no field is at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
