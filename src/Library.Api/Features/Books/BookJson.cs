using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Books;

[JsonSerializable(typeof(BookBody))]
[JsonSerializable(typeof(BookPatch))]
[JsonSerializable(typeof(BookResponse))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(DateOnly?))]
[JsonSerializable(typeof(IReadOnlyList<Guid>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class BookJson : JsonSerializerContext
{
    public static BookJson Requests { get; } = new(RequestJson.Create());

    public static BookJson Responses { get; } = new(ResponseJson.Create());
}
