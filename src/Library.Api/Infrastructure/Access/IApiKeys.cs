namespace Library.Api.Infrastructure.Access;

/// <summary>The database queries needed to check a key.</summary>
internal interface IApiKeys
{
    /// <summary>Those of that prefix that are not revoked.</summary>
    Task<List<ApiKeyRow>> FindAsync(string prefix, CancellationToken cancellation);

    Task MarkUsedAsync(Guid id, CancellationToken cancellation);
}
