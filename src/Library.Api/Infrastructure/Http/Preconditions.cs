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
/// <param name="ExpectedVersions"><c>If-Match: "7", "8"</c>: one of these.</param>
/// <param name="MustExist"><c>If-Match: *</c>.</param>
/// <param name="CreateOnly"><c>If-None-Match: *</c>.</param>
internal readonly record struct Preconditions(IReadOnlyList<int>? ExpectedVersions, bool MustExist, bool CreateOnly)
{
    /// <summary>More than anyone has seen of one resource.</summary>
    private const int MaxVersions = 100;

    private const string NoVersions = "It must be *, or ETags of this service, such as \"7\", separated by commas.";

    public static Preconditions Read(IHeaderDictionary headers, TakesPreconditions takes)
    {
        IReadOnlyList<int>? versions = null;
        var mustExist = false;
        if (headers.IfMatch.Count > 0)
        {
            if (!takes.HasFlag(TakesPreconditions.Match)) throw Malformed("If-Match", "This request takes no If-Match.");
            mustExist = headers.IfMatch == "*";
            if (!mustExist) versions = Versions(headers.IfMatch);
        }

        if (headers.IfNoneMatch.Count == 0) return new(versions, mustExist, CreateOnly: false);
        if (!takes.HasFlag(TakesPreconditions.NoneMatch)) throw Malformed("If-None-Match", "This request takes no If-None-Match.");
        if (headers.IfNoneMatch != "*") throw Malformed("If-None-Match", "It must be *.");
        if (headers.IfMatch.Count > 0) throw Malformed("If-None-Match", "It contradicts If-Match.");
        return new(versions, mustExist, CreateOnly: true);
    }

    /// <summary>A version names a state and not bytes, so a weak tag, as a compressed answer has it, is as good as a strong one.</summary>
    private static List<int> Versions(StringValues header)
    {
        var versions = new List<int>();
        foreach (var part in header.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var tag = part.StartsWith("W/", StringComparison.Ordinal) ? part[2..] : part;
            if (tag is not ['"', .. var digits, '"'] || !ETags.TryVersion(digits, out var version)) throw Malformed("If-Match", NoVersions);
            if (!versions.Contains(version)) versions.Add(version);
            if (versions.Count > MaxVersions) throw Malformed("If-Match", $"It may name {MaxVersions} versions at most.");
        }

        return versions.Count > 0 ? versions : throw Malformed("If-Match", NoVersions);
    }

    private static RefusalException Malformed(string header, string error) => new(Problems.Malformed(
        $"The header {header} cannot be read.", new Dictionary<string, string[]> { [header] = [error] }));
}
