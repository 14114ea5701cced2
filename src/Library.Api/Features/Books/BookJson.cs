using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Books;

[JsonSerializable(typeof(BookBody))]
[JsonSerializable(typeof(BookPatch))]
[JsonSerializable(typeof(BookResponse))]
internal sealed partial class BookJson : JsonSerializerContext
{
    public static BookJson Responses { get; } = new(ResponseJson.Create());
}
