using System.Text.Json.Nodes;

namespace Library.EndToEnd.Fuzz;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Path">As a template: <c>/v1/authors/{id}</c>.</param>
internal sealed record ApiOperation(string Path, HttpMethod Method, JsonNode Description)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<(string Name, string In)> Parameters =>
        (Description["parameters"]?.AsArray() ?? []).Select(parameter => ((string)parameter!["name"]!, (string)parameter["in"]!));

    /// <summary>Media type and schema of each body that it takes.</summary>
    public IEnumerable<(string MediaType, JsonNode? Schema)> Bodies =>
        (Description["requestBody"]?["content"]?.AsObject() ?? []).Select(content => (content.Key, content.Value!["schema"]));

    public JsonNode? Response(int status) => Description["responses"]?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
}

/// <summary>The OpenAPI document that the service serves, which the fuzzer is driven by.</summary>
internal sealed class ApiDescription(JsonNode document)
{
    private static readonly string[] Methods = ["get", "head", "post", "put", "patch", "delete"];

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where Methods.Contains(operation.Key)
           select new ApiOperation(path.Key, new HttpMethod(operation.Key.ToUpperInvariant()), operation.Value!),
    ];

    public JsonNode Resolve(JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? document["components"]!["schemas"]![reference["#/components/schemas/".Length..]]!
        : schema;

    /// <summary>A body as the schema asks for.</summary>
    /// <param name="author">Where an id is wanted.</param>
    public JsonNode? Example(JsonNode schemaOrReference, Guid author)
    {
        var schema = Resolve(schemaOrReference);
        if (schema["examples"] is JsonArray { Count: > 0 } examples) return examples[0]!.DeepClone();
        if (schema["oneOf"] is JsonArray either) return Example(either[0]!, author);
        if (schema["enum"] is JsonArray values) return values[0]!.DeepClone();
        return Types(schema).FirstOrDefault(type => type != "null") switch
        {
            // A book names its authors in one of two forms.
            "object" => new JsonObject((schema["properties"]?.AsObject() ?? []).Where(field => field.Key is not ("id" or "contributors"))
                .Select(field => KeyValuePair.Create(field.Key, Example(field.Value!, author)))),
            "array" => new JsonArray(Example(schema["items"]!, author)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => (string?)schema["format"] switch { "uuid" => author.ToString(), "date" => "2000-02-29", "date-time" => "2000-02-29T00:00:00Z", _ => "some text" },
        };
    }

    /// <summary>What is wrong with a value, by the schema; null: nothing.</summary>
    public string? Violation(JsonNode? value, JsonNode schemaOrReference, string path = "$")
    {
        var schema = Resolve(schemaOrReference);
        if (schema["oneOf"] is JsonArray either) return either.Any(one => Violation(value, one!, path) is null) ? null : $"{path} is none of its kinds";
        var types = Types(schema);
        if (types.Count > 0 && !types.Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && types.Contains("number"))) return $"{path} is {TypeOf(value)}, not {string.Join('|', types)}";
        if (value is JsonArray array && schema["items"] is { } items)
            return array.Select((item, i) => Violation(item, items, $"{path}[{i}]")).FirstOrDefault(violation => violation is not null);
        if (value is not JsonObject fields || schema["properties"] is not JsonObject known) return null;
        if (schema["required"]?.AsArray().Select(name => (string)name!).FirstOrDefault(name => !fields.ContainsKey(name)) is { } missing) return $"{path}.{missing} is missing";
        return fields.Select(field => known[field.Key] is { } inner
                ? Violation(field.Value, inner, $"{path}.{field.Key}")
                : schema["additionalProperties"] is null ? $"{path}.{field.Key} is not described" : null)
            .FirstOrDefault(violation => violation is not null);
    }

    private static List<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => (string)type!)],
        { } one => [(string)one!],
        null => schema["properties"] is null ? [] : ["object"],
    };

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null => "null",
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "boolean",
    };
}
