using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Validation;

namespace Library.Api.Features.Authors;

[JsonSerializable(typeof(AuthorBody))]
[JsonSerializable(typeof(AuthorPatch))]
[JsonSerializable(typeof(AuthorResponse))]
[JsonSerializable(typeof(DeletionPreviewResponse))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(DateOnly?))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AuthorJson : JsonSerializerContext
{
    public static AuthorJson Requests { get; } = new(RequestJson.Create());

    public static AuthorJson Responses { get; } = new(ResponseJson.Create());
}
