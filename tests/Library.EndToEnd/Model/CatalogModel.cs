namespace Library.EndToEnd.Model;

/// <summary>A resource as the model has it. Text is a book's title and description, or an author's name and bio, by its number.</summary>
internal sealed class ModelResource(bool isBook)
{
    public bool IsBook { get; } = isBook;

    public bool Exists { get; set; }

    public int Text { get; set; }

    /// <summary>As a book shows them, with their roles.</summary>
    public List<(int Author, string Role)> Authors { get; set; } = [];

    /// <summary>As a command last named them.</summary>
    public List<(int Author, string Role)> Named { get; set; } = [];

    public bool Names(int author) => Authors.Any(named => named.Author == author);

    /// <summary>Types of its events; their count is the version.</summary>
    public List<string> History { get; } = [];

    public int Version => History.Count;

    /// <summary>What the last deletion of an author took it off; null: there was none, or it was undone.</summary>
    public List<Taken>? TakenOff { get; set; }
}

/// <summary>A book that an author's deletion took the author off.</summary>
internal sealed class Taken(int book)
{
    public int Book { get; } = book;

    /// <summary>By a command, since.</summary>
    public bool IsChanged { get; set; }
}

/// <param name="Status">HTTP status of the answer to a client that waits.</param>
/// <param name="Problem">Kind of the problem; null: it succeeded.</param>
internal sealed record Expected(int Status, string? Problem = null);

/// <summary>
/// What the service ought to do, in a few lines of memory: written from the HTTP contract, not from the service's code. Cascades are
/// done at once here, so the service is compared once it is quiet.
/// </summary>
internal sealed class CatalogModel
{
    private readonly Dictionary<int, ModelResource> _resources = [];
    private readonly List<List<Taken>> _allTaken = [];

    public IReadOnlyDictionary<int, ModelResource> Resources => _resources;

    /// <summary>Books that the last restore left as they are.</summary>
    public IReadOnlyList<int> Left { get; private set; } = [];

    public Expected Apply(Step step)
    {
        var resource = _resources.GetValueOrDefault(step.Resource);
        if (resource is not null && resource.IsBook != step.IsBook) return OfOtherType(step);
        var exists = resource is { Exists: true };
        return step.Verb switch
        {
            Verb.Create when exists => new(409, "id-taken"),
            Verb.Restore when resource is null => new(404, "not-found"),
            Verb.Restore when exists => new(409, "not-deleted"),
            Verb.Restore => Restore(step.Resource, resource),
            _ when step.Asked is Condition.Stale || (step.Asked is Condition.Current && !exists) => new(412, "version-mismatch"),
            Verb.Replace when step.Asked is Condition.CreateOnly && exists => new(412, "exists"),
            Verb.Create or Verb.Replace when !exists && !(step.Verb is Verb.Replace && step.Asked is Condition.Any) => Create(step),
            _ when !exists => new(404, "not-found"),
            Verb.Delete => Delete(step.Resource, resource!),
            _ => Update(step, resource!),
        };
    }

    private static Expected OfOtherType(Step step) =>
        step.Verb is Verb.Create || (step.Verb is Verb.Replace && step.Asked is not Condition.Any) ? new(409, "id-taken") : new(404, "not-found");

    private Expected Create(Step step)
    {
        if (step.IsBook && !AllKnown(step.Contributors)) return new(422, "unknown-author");
        var resource = _resources.TryGetValue(step.Resource, out var known) ? known : _resources[step.Resource] = new ModelResource(step.IsBook);
        (resource.Exists, resource.Text, resource.TakenOff) = (true, step.Text, null);
        if (step.IsBook) Name(step.Resource, resource, step.Contributors);
        Tell(resource, "Created");
        return new(201);
    }

    private Expected Update(Step step, ModelResource resource)
    {
        // A patch names the authors now and then only: when its text is 0.
        var authors = !step.IsBook || (step.Verb is Verb.Patch && step.Text != 0) ? null : step.Contributors;
        var sameAuthors = authors is null || resource.Authors.SequenceEqual(authors);
        // A replacement with If-Match: * is carried out as a patch of all fields, which looks at authors that it changes.
        if (!sameAuthors && !AllKnown(authors!)) return new(422, "unknown-author");
        if (sameAuthors && resource.Text == step.Text) return new(200);
        resource.Text = step.Text;
        if (step.IsBook) Name(step.Resource, resource, authors ?? [.. resource.Authors]);
        Tell(resource, "Updated");
        return new(200);
    }

    private Expected Delete(int number, ModelResource resource)
    {
        resource.Exists = false;
        Tell(resource, "Deleted");
        if (resource.IsBook)
        {
            Change(number);
            return new(204);
        }

        resource.TakenOff = [];
        _allTaken.Add(resource.TakenOff);
        foreach (var (bookNumber, book) in Books().Where(pair => pair.Value.Exists && pair.Value.Names(number)))
        {
            resource.TakenOff.Add(new Taken(bookNumber));
            if (book.Authors.Any(named => named.Author != number)) book.Authors.RemoveAll(named => named.Author == number);
            else book.Exists = false;
            Tell(book, book.Exists ? "Updated" : "Deleted");
        }

        return new(204);
    }

    private Expected Restore(int number, ModelResource resource)
    {
        if (resource.IsBook) return RestoreBook(resource);
        resource.Exists = true;
        Tell(resource, "Restored");
        foreach (var book in resource.TakenOff!.Where(taken => !taken.IsChanged).Select(taken => _resources[taken.Book]))
        {
            if (book.Exists && book.Names(number)) continue;
            var event_ = book.Exists ? "Updated" : "Restored";
            book.Authors = [.. book.Named.Where(named => named.Author == number || (book.Exists && book.Names(named.Author)))];
            book.Exists = true;
            Tell(book, event_);
        }

        Left = [.. resource.TakenOff!.Where(taken => taken.IsChanged).Select(taken => taken.Book)];
        resource.TakenOff = null;
        return new(200);
    }

    private Expected RestoreBook(ModelResource book)
    {
        var left = book.Authors.Where(named => IsKnown(named.Author)).ToList();
        if (left.Count == 0 && book.Authors.Count > 0) return new(409, "no-author-left");
        (book.Authors, book.Exists) = (left, true);
        Tell(book, "Restored");
        return new(200);
    }

    private void Name(int number, ModelResource book, IEnumerable<(int Author, string Role)> authors)
    {
        book.Authors = [.. authors];
        book.Named = [.. book.Authors];
        Change(number);
    }

    private void Change(int book)
    {
        foreach (var taken in _allTaken.SelectMany(taken => taken).Where(taken => taken.Book == book)) taken.IsChanged = true;
    }

    private IEnumerable<KeyValuePair<int, ModelResource>> Books() => _resources.Where(pair => pair.Value.IsBook);

    private bool AllKnown(IEnumerable<(int Author, string Role)> authors) => authors.All(named => IsKnown(named.Author));

    private bool IsKnown(int author) => _resources.TryGetValue(author, out var resource) && resource is { IsBook: false, Exists: true };

    private static void Tell(ModelResource resource, string change) => resource.History.Add((resource.IsBook ? "Book" : "Author") + change);
}
