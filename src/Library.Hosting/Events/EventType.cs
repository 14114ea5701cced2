using Library.Contracts.Events;
using Library.Hosting.Operations;

namespace Library.Hosting.Events;

/// <summary>One of the catalog's event types: what it is called in the store, to the broker and in an operation's outcome.</summary>
public sealed record EventType(Type Clr, string StoredName, string Effect)
{
    private static readonly EventType[] Types =
    [
        new(typeof(AuthorCreated), "author_created", Effects.Created),
        new(typeof(AuthorUpdated), "author_updated", Effects.Changed),
        new(typeof(AuthorDeleted), "author_deleted", Effects.Deleted),
        new(typeof(AuthorRestored), "author_restored", Effects.Restored),
        new(typeof(BookCreated), "book_created", Effects.Created),
        new(typeof(BookUpdated), "book_updated", Effects.Changed),
        new(typeof(BookDeleted), "book_deleted", Effects.Deleted),
        new(typeof(BookRestored), "book_restored", Effects.Restored),
        new(typeof(ImportCompleted), "import_completed", Effects.Created),
    ];

    private static readonly Dictionary<Type, EventType> ByClr = Types.ToDictionary(type => type.Clr);
    private static readonly Dictionary<string, EventType> ByStoredName = Types.ToDictionary(type => type.StoredName);

    public static IReadOnlyList<EventType> All => Types;

    /// <summary>Name on the wire, e.g. <c>AuthorDeleted</c>.</summary>
    public string Name => Clr.Name;

    /// <summary>Assembly-qualified name, as Marten stores it.</summary>
    public string DotNetName { get; } = $"{Clr.FullName}, {Clr.Assembly.GetName().Name}";

    /// <summary>The exchange that MassTransit's consumers of this type bind to.</summary>
    public string Exchange { get; } = $"{Clr.Namespace}:{Clr.Name}";

    public string Urn { get; } = $"urn:message:{Clr.Namespace}:{Clr.Name}";

    public static EventType Of(object @event) => ByClr[@event.GetType()];

    /// <summary>Null for what is no event of ours, such as Marten's tombstones.</summary>
    public static EventType? Find(string storedName) => ByStoredName.GetValueOrDefault(storedName);

    /// <summary>Name on the wire of any stored event, including event types of a newer version: <c>author_deleted</c> is <c>AuthorDeleted</c>.</summary>
    public static string NameOf(string storedName) => string.Concat(storedName.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Path of the resource that a stored event is about: <c>author_deleted</c> is about <c>/v1/authors/{id}</c>.</summary>
    public static string PathOf(string storedName, Guid resourceId) => $"/v1/{storedName.Split('_')[0]}s/{resourceId}";
}
