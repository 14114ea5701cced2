using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Hosting.Errors;
using Library.Worker.Writing;

namespace Library.Worker.Authors;

internal static class CreateAuthorDecision
{
    public static Decision Decide(ICatalogView catalog, CreateAuthor command)
    {
        var entry = catalog.Find(command.AuthorId);
        if (entry is not (null or AuthorEntry { State: null })) return Decision.Refuse(Problems.IdTaken(command.AuthorId, entry.Resource));
        return Decision.Accept(new AuthorCreated
        {
            Author = new AuthorState { Id = command.AuthorId, Name = command.Name, Bio = command.Bio, BirthDate = command.BirthDate },
        });
    }
}
