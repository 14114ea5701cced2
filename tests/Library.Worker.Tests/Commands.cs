using Library.Contracts;
using System.Text.Json;
using Library.Contracts.Commands;

namespace Library.Worker.Tests;

/// <summary>Commands with sensible values where a test does not care.</summary>
internal static class Commands
{
    private static int _operations;

    public static CreateAuthor CreateAuthor(Guid id, string name = "Ann", string? bio = null, string? born = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, Author = new() { Id = id, Name = name, Bio = bio, BirthDate = born } };

    public static ReplaceAuthor ReplaceAuthor(Guid id, string name = "Ann", int? ifVersion = null, bool createOnly = false, string? bio = null, string? born = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, Author = new() { Id = id, Name = name, Bio = bio, BirthDate = born }, ExpectedVersions = Only(ifVersion), CreateOnly = createOnly };

    public static PatchAuthor PatchAuthor(Guid id, string patch, int? ifVersion = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id, Patch = Json(patch), ExpectedVersions = Only(ifVersion) };

    public static DeleteAuthor DeleteAuthor(Guid id, int? ifVersion = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id, ExpectedVersions = Only(ifVersion) };

    public static RestoreAuthor RestoreAuthor(Guid id) => new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id };

    public static CreateBook CreateBook(Guid id, params Guid[] authors) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, Book = new() { Id = id, Title = "Tales", Contributors = Contributor.Authors(authors) } };

    public static ReplaceBook ReplaceBook(Guid id, string title = "Tales", int? ifVersion = null, bool createOnly = false, params Guid[] authors) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, Book = new() { Id = id, Title = title, Contributors = Contributor.Authors(authors) }, ExpectedVersions = Only(ifVersion), CreateOnly = createOnly };

    public static CreateBook Book(Guid id, string? description, string? published, params Guid[] authors) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, Book = new() { Id = id, Title = "Tales", Description = description, PublishDate = published, Contributors = Contributor.Authors(authors) } };

    public static CreateBook Published(CreateBook command, string? day) => command with { Book = command.Book with { PublishDate = day } };

    public static ReplaceBook Published(ReplaceBook command, string? day) => command with { Book = command.Book with { PublishDate = day } };

    public static PatchBook PatchBook(Guid id, string patch, int? ifVersion = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id, Patch = Json(patch), ExpectedVersions = Only(ifVersion) };

    public static DeleteBook DeleteBook(Guid id) => new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id };

    public static RestoreBook RestoreBook(Guid id) => new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id };

    private static int[]? Only(int? version) => version is { } one ? [one] : null;

    private static Guid NextOperation() => Given.Id(900_000 + Interlocked.Increment(ref _operations));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
