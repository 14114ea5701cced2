using Library.Hosting.Errors;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Infrastructure.Http;

/// <summary>Which conditional headers a command takes; the others are refused, since ignoring a condition would overwrite what it protects.</summary>
[Flags]
internal enum TakesPreconditions
{
    None = 0,

    /// <summary><c>If-Match: "7"</c> or <c>*</c>.</summary>
    Match = 1,

    /// <summary><c>If-None-Match: *</c>.</summary>
    NoneMatch = 2,
}

/// <summary>Conditions of a command (RFC 9110, 13.1).</summary>
/// <param name="ExpectedVersion"><c>If-Match: "7"</c>.</param>
/// <param name="MustExist"><c>If-Match: *</c>.</param>
/// <param name="CreateOnly"><c>If-None-Match: *</c>.</param>
internal readonly record struct Preconditions(int? ExpectedVersion, bool MustExist, bool CreateOnly)
{
    public static Preconditions Read(IHeaderDictionary headers, TakesPreconditions takes)
    {
        int? version = null;
        var mustExist = false;
        if (headers.IfMatch.Count > 0)
        {
            if (!takes.HasFlag(TakesPreconditions.Match)) throw Malformed("If-Match", "This request takes no If-Match.");
            mustExist = headers.IfMatch == "*";
            if (!mustExist) version = Version(headers.IfMatch);
        }

        if (headers.IfNoneMatch.Count == 0) return new(version, mustExist, CreateOnly: false);
        if (!takes.HasFlag(TakesPreconditions.NoneMatch)) throw Malformed("If-None-Match", "This request takes no If-None-Match.");
        if (headers.IfNoneMatch != "*") throw Malformed("If-None-Match", "It must be *.");
        if (headers.IfMatch.Count > 0) throw Malformed("If-None-Match", "It contradicts If-Match.");
        return new(version, mustExist, CreateOnly: true);
    }

    private static int Version(StringValues header)
    {
        if (header is [['"', .. var digits, '"']] && ETags.TryVersion(digits, out var version)) return version;
        throw Malformed("If-Match", "It must be one strong ETag of this service, such as \"7\", or *.");
    }

    private static RefusalException Malformed(string header, string error) => new(Problems.Malformed(
        $"The header {header} cannot be read.", new Dictionary<string, string[]> { [header] = [error] }));
}
