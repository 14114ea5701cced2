using System.Text.Json;
using Library.Formats.Marc;

namespace Library.Formats.OpenLibrary;

/// <summary>The shapes in which Open Library holds the same thing.</summary>
internal static class JsonShapes
{
    /// <summary>A text, as such or as <c>{"type": "/type/text", "value"}</c>, without blanks around it; null: none, or an empty one.</summary>
    public static string? Text(this JsonElement element, string property) => element.TryGetProperty(property, out var value) ? TextOf(value) : null;

    /// <summary>Texts of a list, or the one text that stands there instead.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string property)
    {
        if (!element.TryGetProperty(property, out var value)) yield break;
        if (value.ValueKind != JsonValueKind.Array)
        {
            if (TextOf(value) is { } only) yield return only;
            yield break;
        }

        foreach (var item in value.EnumerateArray())
            if (TextOf(item) is { } text) yield return text;
    }

    /// <summary>Paths of other records in a list: a text, <c>{"key"}</c>, or either of these as <c>{"author"}</c>.</summary>
    public static IEnumerable<string> Keys(this JsonElement element, string property)
    {
        if (!element.TryGetProperty(property, out var value)) yield break;
        if (value.ValueKind != JsonValueKind.Array)
        {
            if (KeyOf(value) is { } only) yield return only;
            yield break;
        }

        foreach (var item in value.EnumerateArray())
            if (KeyOf(item) is { } key) yield return key;
    }

    private static string? KeyOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value),
        JsonValueKind.Object when value.TryGetProperty("key", out var key) => key.ValueKind == JsonValueKind.String ? TextOf(key) : null,
        JsonValueKind.Object when value.TryGetProperty("author", out var author) => KeyOf(author),
        _ => null,
    };

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => MarcText.Clean(value.GetString()!).Trim() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object when value.TryGetProperty("value", out var inner) && inner.ValueKind == JsonValueKind.String => TextOf(inner),
        _ => null,
    };
}
