using System.Net.Http.Headers;

namespace Library.EndToEnd.Fuzz;

/// <summary>A request, valid or spoilt, that can be told and sent again.</summary>
/// <param name="What">How it was spoilt.</param>
/// <param name="Target">Path and query, escaped.</param>
/// <param name="Body">Null: none.</param>
internal sealed record FuzzRequest(ApiOperation Operation, string What, HttpMethod Method, string Target, byte[]? Body, string? MediaType)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public override string ToString() => $"{Method} {(Target.Length > 200 ? Target[..200] + "…" : Target)}: {What}";

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, new Uri(Target, UriKind.Relative));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (MediaType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        }

        foreach (var (name, value) in Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        if (!message.Headers.Contains("Accept")) message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        return message;
    }
}
