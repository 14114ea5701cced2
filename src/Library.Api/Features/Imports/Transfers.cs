using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Imports;

/// <summary>
/// Slots for transfers that last as long as the client takes: uploads, exports, lists of refused records. Each holds a connection to the
/// database: without a limit slow clients would leave none for others, and without a limit per caller one client could take them all.
/// </summary>
internal sealed class Transfers(IOptions<ImportOptions> options, Callers callers)
{
    private readonly Shares _shares = new(options.Value.MaxTransfers, options.Value.MaxTransfersOfCaller);

    /// <summary>To be disposed of at its end.</summary>
    /// <exception cref="RefusalException">There are too many, or too many of this caller.</exception>
    public IDisposable Begin(HttpContext http) => _shares.TryTake(callers.ShareOf(http), out var isOwn) ?? throw new RefusalException(
        isOwn ? Problems.TooManyTransfersOfCaller(options.Value.MaxTransfersOfCaller) : Problems.TooManyTransfers(options.Value.MaxTransfers));
}
