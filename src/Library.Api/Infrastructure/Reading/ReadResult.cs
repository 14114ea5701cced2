namespace Library.Api.Infrastructure.Reading;

/// <summary>What was read, and the position of the database at that time; with standbys, of the one that answered.</summary>
/// <param name="Found">Null: not in the catalog.</param>
/// <param name="Position">Of the last event that it shows at least.</param>
internal readonly record struct ReadResult<T>(T? Found, long Position)
    where T : class;
