using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Infrastructure.Operations;

[JsonSerializable(typeof(OperationResponse))]
internal sealed partial class OperationJson : JsonSerializerContext
{
    public static OperationJson Responses { get; } = new(ResponseJson.Create());
}
