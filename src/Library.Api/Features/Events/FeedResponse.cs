using System.Text.Json.Nodes;

namespace Library.Api.Features.Events;

/// <summary>A page of events.</summary>
internal sealed record FeedResponse
{
    /// <summary>In position order.</summary>
    public required IReadOnlyList<CloudEvent> Items { get; init; }

    /// <summary>The position for the parameter after of the next page; left out when there is none yet. A page may hold fewer events than its limit and have a next one.</summary>
    public long? Next { get; init; }

    /// <summary>How far this page reaches: go on after it later, when there was no next page.</summary>
    public required long Position { get; init; }
}

/// <summary>An event of the catalog as CloudEvents 1.0 JSON.</summary>
internal sealed record CloudEvent
{
    /// <summary>Always 1.0.</summary>
    public required string Specversion { get; init; }

    /// <summary>Names the event for good.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where it comes from: /v1/events.</summary>
    public required string Source { get; init; }

    /// <summary>AuthorCreated, AuthorUpdated, AuthorDeleted, AuthorRestored, BookCreated, BookUpdated, BookDeleted or BookRestored.</summary>
    public required string Type { get; init; }

    /// <summary>Path of the resource that it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTime Time { get; init; }

    /// <summary>Always application/json.</summary>
    public required string Datacontenttype { get; init; }

    /// <summary>The position as 19 digits, so that texts sort as positions do (sequence extension).</summary>
    public required string Sequence { get; init; }

    /// <summary>Trace of the request that it stems from (W3C Trace Context, distributed tracing extension).</summary>
    public string? Traceparent { get; init; }

    /// <summary>The event itself, the same JSON that goes to RabbitMQ; /asyncapi.json has its schema for each type.</summary>
    public required JsonObject Data { get; init; }
}
