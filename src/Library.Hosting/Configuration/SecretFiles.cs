using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Library.Hosting.Configuration;

/// <summary>
/// Settings read from files, so that a password appears neither in the environment nor on a command line:
/// <c>Library__Postgres__ConnectionString__FILE</c> names the file that holds the setting, and a file
/// <c>/run/secrets/Library__Postgres__ConnectionString</c> holds the setting that its name says.
/// </summary>
public static class SecretFiles
{
    private const string Folder = "/run/secrets";
    private const string Suffix = ":FILE";

    /// <summary>To be called before any setting is read. Files override all other sources.</summary>
    /// <exception cref="InvalidOperationException">A file that is named cannot be read.</exception>
    public static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        builder.Configuration.AddKeyPerFile(Folder, optional: true);
        builder.Configuration.AddInMemoryCollection(Read(builder.Configuration));
    }

    internal static Dictionary<string, string?> Read(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(setting => setting.Key.EndsWith(Suffix, StringComparison.Ordinal) && !string.IsNullOrEmpty(setting.Value))
        .ToDictionary(setting => setting.Key[..^Suffix.Length], setting => (string?)ReadFile(setting.Key, setting.Value!));

    private static string ReadFile(string setting, string path)
    {
        try
        {
            // The trailing line end that an editor adds is not part of a password.
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{setting} names the file {path}, which cannot be read: {fault.Message}", fault);
        }
    }
}
