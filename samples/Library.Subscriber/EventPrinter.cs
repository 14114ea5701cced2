using System.Globalization;
using Library.Contracts.Events;
using MassTransit;

namespace Library.Subscriber;

/// <summary>Prints each event once. Deliveries are at least once and come in position order; a repeat may come late.</summary>
internal sealed class EventPrinter(LastPosition last) :
    IConsumer<AuthorCreated>, IConsumer<AuthorUpdated>, IConsumer<AuthorDeleted>, IConsumer<AuthorRestored>,
    IConsumer<BookCreated>, IConsumer<BookUpdated>, IConsumer<BookDeleted>, IConsumer<BookRestored>, IConsumer<ImportCompleted>
{
    public Task Consume(ConsumeContext<AuthorCreated> context) => PrintAsync(context, context.Message.Position, context.Message.Author.Name);

    public Task Consume(ConsumeContext<AuthorUpdated> context) => PrintAsync(context, context.Message.Position, context.Message.Author.Name);

    public Task Consume(ConsumeContext<AuthorDeleted> context) => PrintAsync(context, context.Message.Position, context.Message.Author.Name);

    public Task Consume(ConsumeContext<AuthorRestored> context) => PrintAsync(context, context.Message.Position, context.Message.Author.Name);

    public Task Consume(ConsumeContext<BookCreated> context) => PrintAsync(context, context.Message.Position, context.Message.Book.Title);

    public Task Consume(ConsumeContext<BookUpdated> context) => PrintAsync(context, context.Message.Position, context.Message.Book.Title);

    public Task Consume(ConsumeContext<BookDeleted> context) => PrintAsync(context, context.Message.Position, context.Message.Book.Title);

    public Task Consume(ConsumeContext<BookRestored> context) => PrintAsync(context, context.Message.Position, context.Message.Book.Title);

    public Task Consume(ConsumeContext<ImportCompleted> context) => PrintAsync(
        context, context.Message.Position, string.Create(CultureInfo.InvariantCulture, $"{context.Message.Import.Applied} records applied"));

    private Task PrintAsync<T>(ConsumeContext<T> context, long position, string name) where T : class =>
        last.TryAdvance(position)
            ? Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{position} {typeof(T).Name} {name}"))
            : Task.CompletedTask;
}

/// <summary>Position of the last event handled. A real subscriber stores it in the transaction of what it does with the event.</summary>
internal sealed class LastPosition
{
    private long _position;

    /// <summary>False: a repeat.</summary>
    public bool TryAdvance(long position)
    {
        if (position <= _position) return false;
        _position = position;
        return true;
    }
}
