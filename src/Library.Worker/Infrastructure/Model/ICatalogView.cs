namespace Library.Worker.Infrastructure.Model;

/// <summary>The catalog as a decision sees it: after the earlier commands of the batch.</summary>
internal interface ICatalogView
{
    /// <summary>Null: the id was never used.</summary>
    Entry? Find(Guid id);

    /// <summary>Whether an author of that id is in the catalog, not deleted.</summary>
    bool HasAuthor(Guid id);
}
