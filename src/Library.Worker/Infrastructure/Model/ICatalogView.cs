namespace Library.Worker.Infrastructure.Model;

/// <summary>What a decision may know of the catalog: as the commands before it in the batch have left it.</summary>
internal interface ICatalogView
{
    /// <summary>Null: the id was never used.</summary>
    Entry? Find(Guid id);

    /// <summary>Whether an author of that id is in the catalog, not deleted.</summary>
    bool HasAuthor(Guid id);
}
