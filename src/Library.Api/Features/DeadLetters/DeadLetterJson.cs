using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.DeadLetters;

[JsonSerializable(typeof(PageResponse<DeadLetterResponse>))]
internal sealed partial class DeadLetterJson : JsonSerializerContext
{
    public static DeadLetterJson Responses { get; } = new(ResponseJson.Create());
}
