using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Library.Contracts;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Http;

/// <summary>Explains in the client's terms why a body could not be read. Runs only after reading has failed.</summary>
internal static class BodyDiagnosis
{
    /// <summary>Maximum number of fields reported: any further errors show once these are fixed.</summary>
    private const int MaxErrors = 20;

    /// <param name="name">What the text is called: a body, a record.</param>
    public static Problem Of(ReadOnlySpan<byte> body, JsonException fault, JsonTypeInfo type, string name = "body")
    {
        var known = type.Properties.ToDictionary(property => property.Name, property => property.PropertyType);
        var errors = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        // Syntax first: if the text is not JSON, the place of the syntax error is all that can be reported.
        if (FaultOf(body, type.Options, known, errors) is { } where) return NoJson(name, where);
        var path = FieldOf(fault.Path);
        if (path.Length > 0 && !errors.ContainsKey(path) && MustBeAt(path, type) is { } error) errors[path] = [error];
        return errors.Count == 0
            ? Problems.Malformed($"The {name} must be a JSON object.")
            : Problems.Malformed($"The {name} has fields that cannot be read. Nothing was changed.", errors);
    }

    /// <summary>Null: it is an object in good JSON.</summary>
    public static Problem? OfNoObject(ReadOnlySpan<byte> body, JsonSerializerOptions json, string name)
    {
        if (FaultOf(body, json, [], []) is { } where) return NoJson(name, where);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = json.MaxDepth });
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? null : Problems.Malformed($"The {name} must be a JSON object.");
    }

    private static Problem NoJson(string name, string where) => Problems.Malformed($"The {name} is not valid JSON ({where}).");

    /// <summary>Collects what is wrong with the fields' names.</summary>
    /// <returns>The place of the syntax error; null: none.</returns>
    private static string? FaultOf(ReadOnlySpan<byte> body, JsonSerializerOptions json, Dictionary<string, Type> known, SortedDictionary<string, string[]> errors)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = json.MaxDepth });
        var seen = new HashSet<string>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String) _ = reader.GetString();
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var name = reader.GetString()!;
                if (reader.CurrentDepth != 1 || errors.Count == MaxErrors) continue;
                if (!seen.Add(name)) errors[name] = ["It is given more than once."];
                else if (!known.ContainsKey(name)) errors[name] = [$"There is no such field; there are: {string.Join(", ", known.Keys)}."];
            }

            return null;
        }
        catch (JsonException fault)
        {
            return fault is { LineNumber: { } line, BytePositionInLine: { } position }
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {position + 1}")
                : "it ends too early";
        }
        catch (InvalidOperationException)
        {
            return "a text is not valid Unicode: UTF-8 is malformed or half of a surrogate pair is missing";
        }
    }

    /// <summary><c>$.authorIds[3]</c> → <c>authorIds[3]</c>; the root → empty.</summary>
    private static string FieldOf(string? path) => path is ['$', '.', .. var field] ? field : "";

    /// <summary>What the field at the path must be; null: there is no such field, and another error reports that.</summary>
    private static string? MustBeAt(string path, JsonTypeInfo type)
    {
        foreach (var step in path.Split('.'))
        {
            var field = type.Properties.FirstOrDefault(property => property.Name == step.Split('[')[0]);
            // A field of an object in the body; the body's own fields have been reported already.
            if (field is null) return path.Contains('.') ? $"There is no such field; there are: {NamesOf(type)}." : null;
            type = type.Options.GetTypeInfo(step.Contains('[') ? ElementOf(field.PropertyType)! : field.PropertyType);
        }

        return ElementOf(type.Type) is { } element ? $"It must be an array of {Described(type.Options.GetTypeInfo(element), "s")}." : $"It must be {Article(type)}.";
    }

    private static Type? ElementOf(Type list) => list.IsGenericType && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? list.GetGenericArguments()[0] : null;

    private static string Article(JsonTypeInfo type) => type.Kind == JsonTypeInfoKind.Object ? $"an {Described(type, "")}" : $"a {Described(type, "")}";

    private static string Described(JsonTypeInfo type, string plural) =>
        type.Type == typeof(string) ? "string" + plural
        : (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(Guid) ? $"UUID{plural}, written like 0198c0de-0000-7000-8000-000000000000"
        : $"object{plural} with the fields {NamesOf(type)}";

    private static string NamesOf(JsonTypeInfo type) => string.Join(", ", type.Properties.Select(property => property.Name));
}
