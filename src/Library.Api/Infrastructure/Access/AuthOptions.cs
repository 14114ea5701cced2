using System.ComponentModel.DataAnnotations;

namespace Library.Api.Infrastructure.Access;

/// <summary>Who may do what, section <c>Library:Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string SectionName = "Library:Auth";

    /// <summary>None: everybody may do everything, so only loopback addresses are served. Default: None, the only mode so far.</summary>
    [EnumDataType(typeof(AuthMode))]
    public AuthMode Mode { get; set; } = AuthMode.None;

    /// <summary>True: mode None on any address, for networks that guard the service themselves. Default: false.</summary>
    public bool AllowAnonymous { get; set; }
}

internal enum AuthMode
{
    None,
}
