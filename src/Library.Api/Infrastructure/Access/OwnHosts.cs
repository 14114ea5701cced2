using System.Net;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Which <c>Host</c> values this service accepts in mode None. A page may make its own host name resolve to this machine (DNS rebinding): the
/// browser then sends that name, so only names that nobody else can own are accepted.
/// </summary>
internal static class OwnHosts
{
    /// <param name="host">Host and port, as the request has them.</param>
    /// <param name="named">Further names and addresses, without port.</param>
    public static bool Include(HostString host, IReadOnlyList<string> named)
    {
        if (!host.HasValue || host.Host.Length == 0) return false;
        var name = host.Host;
        if (name.StartsWith('[') && name.EndsWith(']')) return IsLoopback(name[1..^1]) || Names(named, name);
        if (IsLoopback(name) || Names(named, name)) return true;
        // A name may end with the dot of the root (RFC 1034).
        if (name.EndsWith('.')) name = name[..^1];
        // RFC 6761: never asked of a name server.
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) && Uri.CheckHostName(name) == UriHostNameType.Dns)
            || Names(named, name);
    }

    /// <summary>In its one spelling: 127.1, 0x7f.1 and 2130706433 are addresses to some only.</summary>
    private static bool IsLoopback(string text) => IPAddress.TryParse(text, out var address) && address.ScopeIdOrZero() == 0
        && IPAddress.IsLoopback(address) && (address.IsIPv4MappedToIPv6 || text.Contains(':') || address.ToString() == text);

    private static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static bool Names(IReadOnlyList<string> named, string name)
    {
        foreach (var own in named)
            if (own.Trim('[', ']').Equals(name.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
