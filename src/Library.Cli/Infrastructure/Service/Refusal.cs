using System.Text;
using System.Text.Json;
using Library.Cli.Infrastructure.Output;

namespace Library.Cli.Infrastructure.Service;

/// <summary>Why the service said no: problem details (RFC 9457), or what a proxy says instead.</summary>
/// <param name="Type">Null: not given.</param>
/// <param name="Detail">Null: not given.</param>
/// <param name="Errors">What is wrong, field by field.</param>
/// <param name="Json">One line.</param>
internal sealed record Refusal(string? Type, string Title, string? Detail, IReadOnlyList<(string Field, string Error)> Errors, string Json)
{
    public static Refusal Read(int status, string? reason, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && Text(json.RootElement, "title") is not null) return Read(json.RootElement);
        }
        catch (JsonException)
        {
            // Not from the service: below.
        }

        return Of($"HTTP {status} {reason}".TrimEnd());
    }

    public static Refusal NotLibrary(Uri url) => Of($"What answers at {url} is not Library");

    public static Refusal Read(JsonElement problem) => new(
        Text(problem, "type"), Text(problem, "title") ?? "Refused", Text(problem, "detail"), [.. ErrorsOf(problem)], JsonSerializer.Serialize(problem));

    public bool IsOfKind(string kind) => Type?.EndsWith("/problems#" + kind, StringComparison.Ordinal) == true;

    /// <summary>For people: title, detail, and a line for each field at fault.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Title.EndsWith('.') ? Title : Title + ".");
        if (Detail is not null) text.Append(' ').Append(Detail);
        foreach (var (field, error) in Errors) text.Append("\n  ").Append(field).Append(": ").Append(error);
        return string.Join('\n', text.ToString().Split('\n').Select(Plain.Text));
    }

    private static Refusal Of(string title) => new(null, title, null, [], JsonSerializer.Serialize(new Dictionary<string, string> { ["title"] = title }));

    private static IEnumerable<(string, string)> ErrorsOf(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
            ? errors.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Array).SelectMany(field => field.Value.EnumerateArray().Select(error => (field.Name, error.ToString())))
            : [];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
