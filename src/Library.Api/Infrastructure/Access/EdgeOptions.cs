using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Library.Api.Infrastructure.Access;

/// <summary>How the service is reached, section <c>Library:Http</c>. Each is a list, or one text separated by commas.</summary>
internal sealed class EdgeOptions : IValidatableObject
{
    public const string SectionName = "Library:Http";

    /// <summary>Names and addresses, without port, that the service answers to in mode None besides those of loopback. Default: none.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> count. Default: none, so they are passed over.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    /// <summary>Origins (<c>https://app.example</c>) whose pages may call the API (CORS). Default: none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];

    public static void Bind(EdgeOptions options, IConfiguration section)
    {
        options.Hosts = Read(section.GetSection(nameof(Hosts)));
        options.KnownProxies = Read(section.GetSection(nameof(KnownProxies)));
        options.CorsOrigins = Read(section.GetSection(nameof(CorsOrigins)));
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in Hosts.Where(host => host.Contains("//", StringComparison.Ordinal) || Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
            yield return new($"Library:Http:Hosts has '{host}', which is no name or address (without scheme and port).", [nameof(Hosts)]);
        foreach (var proxy in KnownProxies.Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _)))
            yield return new($"Library:Http:KnownProxies has '{proxy}', which is no address or network such as 10.0.0.0/8.", [nameof(KnownProxies)]);
        foreach (var origin in CorsOrigins.Where(origin => Origin.Parse(origin) is null))
            yield return new($"Library:Http:CorsOrigins has '{origin}', which is no origin such as https://app.example.", [nameof(CorsOrigins)]);
    }

    private static string[] Read(IConfigurationSection list) =>
        [.. (list.Value is { } text ? text.Split(',') : list.GetChildren().Select(item => item.Value ?? "")).Select(item => item.Trim()).Where(item => item.Length > 0)];
}
