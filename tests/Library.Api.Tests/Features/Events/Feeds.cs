using System.Text;
using Library.Api.Features.Events;
using Library.Hosting.Events;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Features.Events;

internal static class Feeds
{
    public static StoredEvent Stored(long position, string type = "author_created", string data = """{"author": {"id": "0198c0de-0000-7000-8000-000000000001", "name": "é\n"}}""") => new(
        position, position - 1, Guid.CreateVersion7(), Guid.Parse("0198c0de-0000-7000-8000-000000000001"), 1, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), type,
        Encoding.UTF8.GetBytes(data), new EventHeaders(null, null, null, null));

    public static FeedEvent Event(long position, int bytes = 100) => new(position, "AuthorCreated", new byte[bytes], default);

    public static RecentEvents Recent(int events = 16, long bytes = 1024 * 1024) => new(Options.Create(new FeedOptions { RecentEvents = events, RecentBytes = bytes }));
}
