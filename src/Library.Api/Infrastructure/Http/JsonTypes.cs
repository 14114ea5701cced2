using System.Text.Json.Serialization.Metadata;

namespace Library.Api.Infrastructure.Http;

/// <summary>Each feature registers the types of its own requests and responses.</summary>
internal static class JsonTypes
{
    /// <summary>Bodies of these types can be read, and the OpenAPI document has their schemas.</summary>
    public static IServiceCollection AddJsonTypes(this IServiceCollection services, IJsonTypeInfoResolver types) => services
        .AddSingleton(types)
        // The document's schemas are made with these options; requests and answers have their own.
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, types));
}
