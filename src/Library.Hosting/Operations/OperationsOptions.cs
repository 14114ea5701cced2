using System.ComponentModel.DataAnnotations;

namespace Library.Hosting.Operations;

/// <summary>Settings of operations, section <c>Library:Operations</c>; the same on every instance.</summary>
public sealed class OperationsOptions
{
    public const string SectionName = "Library:Operations";

    /// <summary>
    /// Key of the proof in operation ids, at least 32 characters, shared by all instances of API and Worker. Required: ids made under
    /// another secret are unknown ids.
    /// </summary>
    [Required, MinLength(32)]
    public string Secret { get; set; } = "";

    /// <summary>How long an outcome is kept, counted from the time in the operation's id. 1–365 days; default 7 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);
}
