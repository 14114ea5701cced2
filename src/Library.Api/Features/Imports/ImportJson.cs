using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Imports;

namespace Library.Api.Features.Imports;

[JsonSerializable(typeof(AuthorRecord))]
[JsonSerializable(typeof(BookRecord))]
[JsonSerializable(typeof(ImportResponse))]
[JsonSerializable(typeof(ImportPageResponse))]
internal sealed partial class ImportJson : JsonSerializerContext
{
    public static ImportJson Responses { get; } = new(ResponseJson.Create());
}
