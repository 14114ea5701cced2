using System.Reflection;
using System.Text.Json;

namespace Library.Api.Infrastructure.Http;

/// <summary>A JSON body, read and valid.</summary>
internal sealed record Body<T>(T Value)
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        new(await http.RequestServices.GetRequiredService<BodyReader>().ReadAsync<T>(http));
}

/// <summary>A body of which any field may be left out.</summary>
internal interface IMergePatch;

/// <summary>A merge patch (RFC 7396), read and valid in itself, and as it came.</summary>
internal sealed record PatchBody<T>(T Value, JsonElement Patch)
    where T : class, IMergePatch
{
    public static async ValueTask<PatchBody<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var (value, patch) = await http.RequestServices.GetRequiredService<BodyReader>().ReadPatchAsync<T>(http);
        return new(value, patch);
    }
}
