using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Hosting.Errors;

namespace Library.Worker.Infrastructure.Model;

/// <summary>Decides the commands that all types of resources have in common; subclasses supply what differs. Pure.</summary>
internal abstract class Resource<TState>(JsonTypeInfo<TState> json)
    where TState : class
{
    private readonly FieldChanges<TState> _changes = new(json);

    /// <summary>In the singular, as operations and problems call it.</summary>
    protected abstract string Name { get; }

    /// <summary>The resource of this type that is there, not deleted; null: there is none.</summary>
    protected abstract TState? Find(Entry? entry);

    protected abstract object Created(TState state);

    protected abstract object Updated(TState state, IReadOnlyList<string> changed);

    protected abstract object Deleted(TState state);

    /// <summary>Why the catalog does not take this state; null: it does.</summary>
    /// <param name="before">Null: the resource is created.</param>
    protected virtual Problem? Check(ICatalogView catalog, TState? before, TState after) => null;

    /// <summary>The form in which a valid state is stored.</summary>
    protected abstract TState Canonical(TState state);

    /// <summary>What is wrong with a state by itself; null: nothing.</summary>
    protected abstract Problem? Validate(TState state);

    public Decision Create(ICatalogView catalog, Guid id, TState sent)
    {
        var state = Canonical(sent);
        var entry = catalog.Find(id);
        if (entry is not null && (entry.Resource != Name || Find(entry) is not null)) return Decision.Refuse(Problems.IdTaken(id, entry.Resource));
        return Check(catalog, null, state) is { } refusal ? Decision.Refuse(refusal) : Decision.Accept(Created(state));
    }

    public Decision Replace(ICatalogView catalog, CatalogCommand command, Guid id, TState sent, bool createOnly)
    {
        var after = Canonical(sent);
        var entry = catalog.Find(id);
        var before = Find(entry);
        if (Preconditions.MayWrite(command, Name, id, entry, before is not null, createOnly) is { } refusal) return Decision.Refuse(refusal);
        // Fields that a replacement leaves unchanged are checked too, since the client sends them.
        if (Check(catalog, null, after) is { } problem) return Decision.Refuse(problem);
        return before is null ? Decision.Accept(Created(after)) : Update(before, after);
    }

    public Decision Patch(ICatalogView catalog, CatalogCommand command, Guid id, JsonElement patch)
    {
        var entry = catalog.Find(id);
        var before = Find(entry);
        if (Preconditions.MustExist(command, Name, id, entry, before is not null) is { } refusal) return Decision.Refuse(refusal);
        var patched = MergePatch.Apply(before!, patch, json);
        // The fields of the patch were checked when it was sent; whether they are consistent with the others can be checked only now.
        if (Validate(patched) is { } wrong) return Decision.Refuse(wrong);
        var after = Canonical(patched);
        return Check(catalog, before, after) is { } problem ? Decision.Refuse(problem) : Update(before!, after);
    }

    public Decision Delete(ICatalogView catalog, CatalogCommand command, Guid id)
    {
        var entry = catalog.Find(id);
        var before = Find(entry);
        return Preconditions.MustExist(command, Name, id, entry, before is not null) is { } refusal
            ? Decision.Refuse(refusal)
            : Decision.Accept(Deleted(before!));
    }

    /// <summary>From one state to another: an event that names what changed, or nothing.</summary>
    public Decision Update(TState before, TState after)
    {
        var changed = _changes.Between(before, after);
        return changed.Count == 0 ? Decision.Unchanged : Decision.Accept(Updated(after, changed));
    }
}
