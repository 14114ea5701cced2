using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

/// <summary>How bodies are read: strictly, with no unknown property ignored and no value coerced.</summary>
/// <param name="types">Those of every feature; see <see cref="JsonTypes"/>.</param>
internal sealed class RequestJson(IOptions<LimitOptions> limits, IEnumerable<IJsonTypeInfoResolver> types)
{
    public JsonSerializerOptions Options { get; } = new(Create())
    {
        MaxDepth = limits.Value.JsonDepth,
        TypeInfoResolver = JsonTypeInfoResolver.Combine([.. types]),
    };

    /// <summary>For the source-generated context of a feature's requests.</summary>
    public static JsonSerializerOptions Create() => new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };
}
