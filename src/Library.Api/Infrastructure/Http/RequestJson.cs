using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Contracts.Imports;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

/// <summary>How bodies are read: nothing ignored, nothing guessed.</summary>
internal sealed class RequestJson(IOptions<LimitOptions> limits)
{
    public JsonSerializerOptions Options { get; } = new(RequestJsonContext.Default.Options) { MaxDepth = limits.Value.JsonDepth };
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CreateAuthorRequest))]
[JsonSerializable(typeof(ReplaceAuthorRequest))]
[JsonSerializable(typeof(PatchAuthorRequest))]
[JsonSerializable(typeof(CreateBookRequest))]
[JsonSerializable(typeof(ReplaceBookRequest))]
[JsonSerializable(typeof(PatchBookRequest))]
[JsonSerializable(typeof(Library.Api.Features.Imports.ImportRecordBody))]
[JsonSerializable(typeof(AuthorRecord))]
[JsonSerializable(typeof(BookRecord))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(DateOnly?))]
[JsonSerializable(typeof(IReadOnlyList<Guid>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RequestJsonContext : JsonSerializerContext;
