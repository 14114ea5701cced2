using System.Net;
using Library.EndToEnd;

namespace Library.Faults;

internal enum Known
{
    /// <summary>No answer, or one that leaves it open.</summary>
    Nothing,

    /// <summary>The service has promised to apply it, or to refuse it with a reason.</summary>
    Acknowledged,

    /// <summary>The service has said that it took nothing.</summary>
    NotAccepted,
}

/// <summary>One command of the load, and what its client knows of it.</summary>
/// <param name="Resource">Null: the service makes the id.</param>
/// <param name="Token">What no other command says; null: a deletion or a restoration.</param>
/// <param name="Key">Idempotency key; null: it is sent once, whatever comes back.</param>
internal sealed record Attempt(int Client, HttpMethod Method, string Path, Guid? Resource, object? Body, string? Token, string? Key, bool Waits)
{
    public Known Known { get; set; }

    public Guid OperationId { get; set; }

    /// <summary>The outcome, where the client waited for it.</summary>
    public HttpStatusCode? Waited { get; set; }

    public (string, string)[] Headers
    {
        get
        {
            var headers = new List<(string, string)>();
            if (Key is not null) headers.Add(("Idempotency-Key", $"\"{Key}\""));
            if (Waits) headers.Add(("Prefer", "wait=5"));
            return [.. headers];
        }
    }

    /// <summary>Whether an answer is a promise or an outcome; else it is none: 503, or a broken connection.</summary>
    public static bool IsPromise(Answer? answer) => answer is not null && answer.Status != HttpStatusCode.ServiceUnavailable && answer.Header("Operation-Location") is not null;

    public static Guid OperationOf(Answer answer) => Guid.Parse(answer.Header("Operation-Location")!.Split('/')[^1]);

    public override string ToString() => $"client {Client}: {Method} {Path} says {Token ?? "nothing"}, key {Key ?? "none"}, operation {OperationId}, {Known}";
}
