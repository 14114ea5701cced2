using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Audit;

[JsonSerializable(typeof(AuditResponse))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    public static AuditJson Responses { get; } = new(ResponseJson.Create());
}
