using Library.Contracts.Events;

namespace Library.Worker.Writing;

/// <summary>One of the catalog's event types: what it is called in the store, to the broker and in an operation's outcome.</summary>
internal sealed record EventType(Type Clr, string StoredName, string Effect)
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
}

/// <summary>What a succeeded operation did, as the column <c>operations.effect</c> says it.</summary>
internal static class Effects
{
    public const string Created = "created";
    public const string Changed = "changed";
    public const string Unchanged = "unchanged";
    public const string Deleted = "deleted";
    public const string Restored = "restored";
}
