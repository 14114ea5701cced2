using System.Text.Json;

namespace Library.Cli.Infrastructure.Output;

/// <summary>A JSON object for people: a line a field.</summary>
internal static class Fields
{
    public static void Write(TextWriter output, string json)
    {
        using var document = JsonDocument.Parse(json);
        var fields = document.RootElement.EnumerateObject().ToArray();
        var width = fields.Max(field => field.Name.Length) + 2;
        foreach (var field in fields) output.WriteLine($"{field.Name.PadRight(width)}{Plain.Text(Value(field.Value))}");
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Value)),
        JsonValueKind.Object => string.Join(' ', value.EnumerateObject().Select(field => Value(field.Value))),
        _ => value.ToString(),
    };
}
