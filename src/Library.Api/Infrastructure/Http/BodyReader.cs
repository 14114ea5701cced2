using System.Buffers;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Library.Contracts;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Library.Api.Infrastructure.Http;

/// <summary>Reads, parses and validates a body: 415 and 413, then 400 for what cannot be read, then 422 for what is wrong.</summary>
internal sealed class BodyReader(RequestJson json, IOptions<LimitOptions> limits, BodyMemory memory, IServiceProvider services)
{
    /// <summary>Error code of a rule about a self-contradictory body, not a wrong value: 400 instead of 422.</summary>
    public const string Malformed = "malformed";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public async Task<T> ReadAsync<T>(HttpContext http)
        where T : class
    {
        var body = await ReadBytesAsync(http, MediaTypes.Json);
        var value = Parse<T>(body.Span);
        var validation = services.GetRequiredService<IValidator<T>>().Validate(value);
        return validation.IsValid ? value : throw new RefusalException(ProblemOf(validation));
    }

    /// <summary>A merge patch: rules hold for the fields that it names.</summary>
    public async Task<(T Value, JsonElement Patch)> ReadPatchAsync<T>(HttpContext http)
        where T : class
    {
        var body = await ReadBytesAsync(http, MediaTypes.MergePatch);
        var value = Parse<T>(body.Span);
        var patch = JsonElement.Parse(body.Span);
        var validation = services.GetRequiredService<IValidator<T>>().Validate(value);
        validation.Errors.RemoveAll(error => !patch.TryGetProperty(FieldOf(error).Split('[', '.')[0], out _));
        return validation.IsValid ? (value, patch) : throw new RefusalException(ProblemOf(validation));
    }

    private async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext http, string mediaType)
    {
        CheckMediaType(http.Request, mediaType);
        var body = await ReadAllAsync(http);
        http.Features.Set(new BodyBytes(body));
        return body;
    }

    /// <summary>What is wrong, keyed by the fields' names in JSON.</summary>
    internal static Problem ProblemOf(ValidationResult validation) => validation.Errors.Any(error => error.ErrorCode == Malformed)
        ? Problems.Malformed("Two of its fields exclude each other. Nothing was changed.", ErrorsOf(validation.Errors.Where(error => error.ErrorCode == Malformed)))
        : Problems.Invalid(ErrorsOf(validation.Errors));

    private static Dictionary<string, string[]> ErrorsOf(IEnumerable<ValidationFailure> errors) =>
        errors.GroupBy(FieldOf, error => error.ErrorMessage).ToDictionary(field => field.Key, field => field.ToArray());

    private static string FieldOf(ValidationFailure error) => JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName);

    internal T Parse<T>(ReadOnlySpan<byte> body)
        where T : class
    {
        try
        {
            return (T?)JsonSerializer.Deserialize(body, json.Options.GetTypeInfo(typeof(T)))
                ?? throw new RefusalException(Problems.Malformed("The body must be a JSON object."));
        }
        catch (JsonException fault)
        {
            throw new RefusalException(BodyDiagnosis.Of(body, fault, json.Options.GetTypeInfo(typeof(T))));
        }
    }

    private static void CheckMediaType(HttpRequest request, string mediaType)
    {
        var encoding = request.Headers.ContentEncoding;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            || (encoding.Count > 0 && encoding != "identity"))
            throw new RefusalException(StatusProblems.Of(request.HttpContext, StatusCodes.Status415UnsupportedMediaType));
    }

    private async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpContext http)
    {
        if (http.Request.ContentLength > limits.Value.BodyBytes) throw TooLarge();
        BodyMemory.Share? share = null;
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > limits.Value.BodyBytes)
            {
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                throw TooLarge();
            }

            // Held for the whole request: a command keeps its body while its client waits for the outcome.
            if (share is null && (!read.IsCompleted || read.Buffer.Length > BodyMemory.Small)) http.Response.RegisterForDispose(share = memory.Open());
            if (share?.TryCover(read.Buffer.Length) == false)
            {
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                throw new RefusalException(Problems.BodiesTakeAll);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return body.AsSpan().StartsWith(ByteOrderMark) ? body.AsMemory(ByteOrderMark.Length) : body;
            }

            http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static RefusalException TooLarge() => new(StatusProblems.Of(StatusCodes.Status413PayloadTooLarge));
}

/// <summary>A body as it came, for whoever compares requests.</summary>
internal sealed record BodyBytes(ReadOnlyMemory<byte> Value);
