using Library.Contracts;
using Library.Contracts.Commands;
using Library.Hosting.Errors;

namespace Library.Worker.Infrastructure.Model;

/// <summary>Checks that apply to every command: the id's type, If-Match, If-None-Match.</summary>
internal static class Preconditions
{
    /// <summary>For commands on a resource that must be there. Null: go on.</summary>
    public static Problem? MustExist(CatalogCommand command, string resource, Guid id, Entry? entry, bool alive)
    {
        if (entry is not null && entry.Resource != resource) return Problems.NotFound(resource, id);
        if (command.ExpectedVersions is { } expected && !(alive && expected.Contains(entry!.Version)))
            return Problems.VersionMismatch(resource, id, expected, alive ? entry!.Version : null);
        return alive ? null : Problems.NotFound(resource, id);
    }

    /// <summary>For commands that create or replace. Null: go on.</summary>
    public static Problem? MayWrite(CatalogCommand command, string resource, Guid id, Entry? entry, bool alive, bool createOnly)
    {
        if (entry is not null && entry.Resource != resource) return Problems.IdTaken(id, entry.Resource);
        if (command.ExpectedVersions is { } expected && !(alive && expected.Contains(entry!.Version)))
            return Problems.VersionMismatch(resource, id, expected, alive ? entry!.Version : null);
        return createOnly && alive ? Problems.Exists(resource, id) : null;
    }
}
