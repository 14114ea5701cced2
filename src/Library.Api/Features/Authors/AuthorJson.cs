using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Authors;

[JsonSerializable(typeof(AuthorBody))]
[JsonSerializable(typeof(AuthorPatch))]
[JsonSerializable(typeof(AuthorResponse))]
[JsonSerializable(typeof(DeletionPreviewResponse))]
internal sealed partial class AuthorJson : JsonSerializerContext
{
    public static AuthorJson Responses { get; } = new(ResponseJson.Create());
}
