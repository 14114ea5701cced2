using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Library.EndToEnd.Fuzz;

/// <summary>What must hold for every answer, whatever was asked.</summary>
internal sealed class FuzzCheck(ApiDescription api, IReadOnlySet<string> problemKinds)
{
    /// <summary>Answers of the server itself, which any request may meet.</summary>
    private static readonly int[] OfAnyRequest = [400, 404, 405, 406, 408, 411, 413, 414, 415, 431, 501, 505];

    /// <returns>What is wrong; null: nothing.</returns>
    public async Task<string?> ViolationAsync(FuzzRequest request, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        // To its end: an export that its client leaves half read keeps its place until that is noticed, and there are only so many.
        var text = await TextAsync(answer);
        if (status >= 500) return $"{status}: {text}";
        var described = request.Method == request.Operation.Method && !request.What.Contains("path", StringComparison.Ordinal) ? request.Operation : null;
        if (described is not null && described.Response(status) is null && !OfAnyRequest.Contains(status)) return $"{status} is not described";
        if (request.Method == HttpMethod.Head || status is 204 or 304) return null;
        var mediaType = answer.Content.Headers.ContentType?.MediaType;
        if (status >= 400) return ProblemViolation(text, status, mediaType);
        if (described?.Response(status)?["content"]?[mediaType ?? ""] is not { } content) return described is null ? null : $"{status} with {mediaType} is not described";
        return mediaType == "application/json" && content["schema"] is { } schema ? api.Violation(JsonNode.Parse(text), schema) : null;
    }

    private string? ProblemViolation(string text, int status, string? mediaType)
    {
        if (mediaType != "application/problem+json") return $"{status} is {mediaType}: {text}";
        try
        {
            var problem = JsonNode.Parse(text)!;
            if ((int)problem["status"]! != status) return "its status is another";
            if (string.IsNullOrWhiteSpace((string?)problem["title"]) || string.IsNullOrWhiteSpace((string?)problem["detail"])) return "it tells nothing";
            if (text.Contains("Exception", StringComparison.Ordinal)) return $"it shows an exception: {text}";
            return problemKinds.Contains(((string)problem["type"]!).Split('#')[^1]) ? null : $"nothing is at its type {problem["type"]}";
        }
        catch (JsonException)
        {
            return $"its problem is no JSON: {text}";
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/event-stream") return "";
        return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }
}
