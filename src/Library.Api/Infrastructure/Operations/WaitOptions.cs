using System.ComponentModel.DataAnnotations;

namespace Library.Api.Infrastructure.Operations;

/// <summary>Bounds of <c>Prefer: wait</c> on one instance, section <c>Library:Operations</c>.</summary>
internal sealed class WaitOptions
{
    /// <summary>Requests that may wait at once; those above it are answered 202 without waiting. 0–1,000,000; default 10,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxWaiters { get; set; } = 10_000;
}
