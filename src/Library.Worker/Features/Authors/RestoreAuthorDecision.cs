using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Hosting.Errors;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Authors;

internal static class RestoreAuthorDecision
{
    public static Decision Decide(ICatalogView catalog, RestoreAuthor command) => catalog.Find(command.AuthorId) switch
    {
        AuthorEntry { State: not null } => Decision.Refuse(Problems.NotDeleted(AuthorEntry.Name, command.AuthorId)),
        AuthorEntry { Deletion: { } deletion } => Decision.Accept(new AuthorRestored { Author = deletion.LastState }),
        _ => Decision.Refuse(Problems.NotFound(AuthorEntry.Name, command.AuthorId)),
    };
}
