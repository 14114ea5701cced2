using System.Text;
using System.Text.Json.Nodes;

namespace Library.EndToEnd.Fuzz;

/// <summary>Makes spoilt requests out of the description of the API: each thing that can be wrong on its own, then several at once by chance.</summary>
internal sealed class Fuzzer(ApiDescription api, Guid author, Guid book, Guid operation)
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Trace, new("BREW")];

    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "1.5", "99999999999999999999", "true", "null", "a", "%", "%zz", "\"", "\"1\"", "W/\"1\"", "*", "a,b", "💥", "ａ", "'; drop table authors; --", "../../etc/passwd",
        new('x', 3_000), "2000-13-45", "wait=", "wait=-1", "wait=99999999999", "respond-async", "00000000-0000-0000-0000-000000000000",
    ];

    /// <summary>What no client library would send: escapes that are no characters.</summary>
    private static readonly string[] Escapes = ["%00", "%ED%A0%80", "%FF%FE", "%C0%AF", "%0d%0aX: y"];

    private static readonly string[] JsonValues =
        ["null", "true", "0", "-1.5e300", "\"\"", "\" \"", "\"text\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "[]", "[null]", "[[]]", "{}", "{\"a\":1}", "\"2000-13-45\"", "\"9999-12-31\"", "[\"text\"]"];

    /// <summary>Every operation as it should be, and with one thing wrong.</summary>
    public IEnumerable<FuzzRequest> Systematic() => api.Operations.SelectMany(Spoil);

    /// <summary>Several things wrong at once, by chance.</summary>
    public IEnumerable<FuzzRequest> Random(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (first, second) = (Pick(), Pick());
            yield return first with
            {
                What = $"{first.What}; {second.What}",
                Headers = [.. first.Headers, .. second.Headers],
                Body = first.Body is null ? null : Mangle(random.Next(3) == 0 ? second.Body ?? first.Body : first.Body),
            };
        }

        FuzzRequest Pick()
        {
            var all = Spoil(api.Operations[random.Next(api.Operations.Count)]).ToList();
            return all[random.Next(all.Count)];
        }

        byte[] Mangle(byte[] body)
        {
            if (body.Length is 0 or > 10_000) return body;
            var mangled = body.ToArray();
            for (var i = random.Next(4); i > 0; i--) mangled[random.Next(mangled.Length)] = (byte)random.Next(256);
            return mangled;
        }
    }

    private IEnumerable<FuzzRequest> Spoil(ApiOperation described)
    {
        var valid = Valid(described);
        yield return valid;
        foreach (var method in Methods.Where(method => method != described.Method)) yield return valid with { What = "another method", Method = method };
        foreach (var request in SpoilTarget(described, valid)) yield return request;
        foreach (var request in SpoilHeaders(described, valid)) yield return request;
        foreach (var (mediaType, schema) in described.Bodies.Take(1))
            foreach (var request in SpoilBody(valid, mediaType, schema)) yield return request;
        if (!described.Bodies.Any()) yield return valid with { What = "a body that nobody asked for", Body = "{}"u8.ToArray(), MediaType = "application/json" };
    }

    private FuzzRequest Valid(ApiOperation described)
    {
        var target = described.Path.Replace("{id}", IdFor(described).ToString(), StringComparison.Ordinal);
        if (!described.Bodies.Any()) return new(described, "as it should be", described.Method, target, null, null);
        var (mediaType, schema) = described.Bodies.First();
        return new(described, "as it should be", described.Method, target, Encoding.UTF8.GetBytes(ExampleOf(mediaType, schema)), mediaType);
    }

    private string ExampleOf(string mediaType, JsonNode? schema) => mediaType switch
    {
        "application/x-ndjson" => """{"type":"author","key":"fuzz","name":"Fuzz"}""" + "\n",
        "text/csv" => "type,key,name\nauthor,fuzz,Fuzz\n",
        _ => api.Example(schema!, author)!.ToJsonString(),
    };

    private Guid IdFor(ApiOperation described) =>
        described.Path.Contains("/books/", StringComparison.Ordinal) ? book : described.Path.Contains("/operations/", StringComparison.Ordinal) ? operation : author;

    private static IEnumerable<FuzzRequest> SpoilTarget(ApiOperation described, FuzzRequest valid)
    {
        foreach (var text in Texts.Select(Uri.EscapeDataString).Concat(Escapes))
        {
            if (described.Path.Contains("{id}", StringComparison.Ordinal))
                yield return valid with { What = "a path that names nothing", Target = described.Path.Replace("{id}", text, StringComparison.Ordinal) };
            yield return valid with { What = "an unknown parameter", Target = $"{valid.Target}?unheardOf={text}" };
            foreach (var (name, _) in described.Parameters.Where(parameter => parameter.In == "query"))
            {
                yield return valid with { What = $"{name} is wrong", Target = $"{valid.Target}?{name}={text}" };
                yield return valid with { What = $"{name} is given twice", Target = $"{valid.Target}?{name}={text}&{name}=1" };
            }
        }

        yield return valid with { What = "a long target", Target = $"{valid.Target}?a={new string('x', 20_000)}" };
        yield return valid with { What = "a path below", Target = valid.Target + "/below" };
        yield return valid with { What = "a slash more", Target = valid.Target + "/" };
    }

    private static IEnumerable<FuzzRequest> SpoilHeaders(ApiOperation described, FuzzRequest valid)
    {
        string[] names = [.. described.Parameters.Where(parameter => parameter.In == "header").Select(parameter => parameter.Name), "Accept", "Idempotency-Key", "If-Match", "If-None-Match", "Library-Min-Position"];
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            // A wait is honoured: seconds of it would be no fuzzing.
            foreach (var text in Texts.Where(text => text.All(char.IsAscii) && !(name == "Prefer" && text == "wait=99999999999")))
                yield return valid with { What = $"{name}: {text}", Headers = [(name, text)] };
        }

        yield return valid with { What = "many headers", Headers = [.. Enumerable.Range(0, 40).Select(i => ($"X-Many-{i}", new string('x', 1_000)))] };
        yield return valid with { What = "a language nobody speaks", Headers = [("Accept-Language", "tlh"), ("Accept-Encoding", "br;q=0")] };
    }

    private static IEnumerable<FuzzRequest> SpoilBody(FuzzRequest valid, string mediaType, JsonNode? schema)
    {
        var json = Encoding.UTF8.GetString(valid.Body!);
        yield return valid with { What = "no body", Body = null, MediaType = null };
        yield return valid with { What = "an empty body", Body = [] };
        yield return valid with { What = "no media type", MediaType = null };
        foreach (var other in (string[])["text/plain", "application/xml", mediaType + "; charset=utf-16", "multipart/form-data; boundary=x", ";;;", "application/*"])
            yield return valid with { What = "media type " + other, MediaType = other };
        foreach (var encoding in (string[])["gzip", "br", "nonsense"]) yield return valid with { What = "content encoding " + encoding, Headers = [("Content-Encoding", encoding)] };
        foreach (var value in JsonValues) yield return With("the whole body is " + value, value);
        yield return With("cut off", json[..(json.Length / 2)]);
        yield return With("something behind", json + "x");
        yield return With("deep nesting", string.Concat(Enumerable.Repeat("[", 50_000)));
        yield return With("deep objects", string.Concat(Enumerable.Repeat("{\"a\":", 50_000)));
        yield return valid with { What = "no UTF-8", Body = [.. Encoding.UTF8.GetBytes(json[..^2]), 0xFF, 0xC0, .. Encoding.UTF8.GetBytes(json[^2..])] };
        yield return valid with { What = "too large", Body = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', 3_000_000)}}"}""") };
        if (schema is null || JsonNode.Parse(json) is not JsonObject) yield break;

        foreach (var (field, _) in JsonNode.Parse(json)!.AsObject())
        {
            yield return With($"without {field}", Changed(field, null));
            yield return With($"{field} twice", json[..^1] + $",\"{field}\":null}}");
            yield return With($"{field} in capitals", json.Replace($"\"{field}\"", $"\"{field.ToUpperInvariant()}\"", StringComparison.Ordinal));
            foreach (var value in (string[])[.. JsonValues, $"\"{new string('x', 30_000)}\"", $"[{string.Join(',', Enumerable.Range(0, 200).Select(_ => $"\"{Guid.CreateVersion7()}\""))}]"])
                yield return With($"{field} is {(value.Length > 40 ? value[..40] + "…" : value)}", Changed(field, value));
        }

        yield return With("an unknown field", json[..^1] + ",\"unheardOf\":1}");

        FuzzRequest With(string what, string body) => valid with { What = what, Body = Encoding.UTF8.GetBytes(body) };

        string Changed(string field, string? value)
        {
            var fields = JsonNode.Parse(json)!.AsObject().Where(other => other.Key != field).Select(other => $"\"{other.Key}\":{other.Value?.ToJsonString() ?? "null"}");
            return $"{{{string.Join(',', value is null ? fields : fields.Append($"\"{field}\":{value}"))}}}";
        }
    }
}
