using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Library.Api.Features.Audit;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Features.DeadLetters;
using Library.Api.Features.Imports;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Operations;

namespace Library.Api.Infrastructure.Http;

/// <summary>How answers look as JSON: camelCase, unset fields left out, text as it is instead of escaped (a JSON answer is no HTML).</summary>
internal static class ResponseJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = ResponseJsonContext.Default,
    };

    public static ResponseJsonContext Types { get; } = new(new JsonSerializerOptions(Options) { TypeInfoResolver = null });
}

[JsonSerializable(typeof(AuthorResponse))]
[JsonSerializable(typeof(BookResponse))]
[JsonSerializable(typeof(OperationResponse))]
[JsonSerializable(typeof(DeletionPreviewResponse))]
[JsonSerializable(typeof(ImportResponse))]
[JsonSerializable(typeof(ImportPageResponse))]
[JsonSerializable(typeof(AuditResponse))]
[JsonSerializable(typeof(PageResponse<DeadLetterResponse>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ResponseJsonContext : JsonSerializerContext;
