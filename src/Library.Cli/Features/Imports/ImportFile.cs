using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Library.Cli.Infrastructure.Output;

namespace Library.Cli.Features.Imports;

/// <summary>What is to be sent: a file, or standard input.</summary>
/// <param name="Path">Null: standard input, which can be read once only.</param>
internal sealed record ImportFile(string? Path, bool IsCsv)
{
    private const string StandardInput = "-";

    public bool CanRepeat => Path is not null;

    public bool IsGzip => Path?.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) == true;

    public string MediaType => IsCsv ? "text/csv" : "application/x-ndjson";

    /// <summary>Null: not known before its end.</summary>
    public long? Length => Path is null ? null : new FileInfo(Path).Length;

    /// <param name="format">ndjson or csv; null: by the name, <c>.csv</c> or <c>.csv.gz</c> being CSV.</param>
    public static ImportFile Of(string argument, string? format)
    {
        var path = argument == StandardInput ? null : argument;
        var name = path?.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) == true ? path[..^3] : path;
        return new ImportFile(path, format is null ? name?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true : format == "csv");
    }

    public Stream Open(Terminal terminal) => Path is null ? terminal.In : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>
    /// The same for the same content, service and manner, so that a command that is repeated after a crash means the same import.
    /// What is compressed counts as it was before.
    /// </summary>
    public async Task<string> KeyAsync(Uri service, bool dryRun, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(Path!);
        await using var content = IsGzip ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var hash = await SHA256.HashDataAsync(content, cancellation);
        return "library-cli-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{service} {MediaType} {dryRun} {Convert.ToHexStringLower(hash)}")));
    }
}
