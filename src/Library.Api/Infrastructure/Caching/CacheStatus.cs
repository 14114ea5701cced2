namespace Library.Api.Infrastructure.Caching;

/// <summary>The header <c>Cache-Status</c> (RFC 9211).</summary>
internal static class CacheStatus
{
    public const string Header = "Cache-Status";
    public const string Hit = "library; hit";
    public const string Miss = "library; fwd=miss";

    /// <summary>The request asked for more than the cache can promise.</summary>
    public const string Requested = "library; fwd=request";

    /// <summary>What is asked for is never cached.</summary>
    public const string Bypassed = "library; fwd=bypass";
}
