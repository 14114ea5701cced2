using System.Text.Json;
using Library.Contracts.Commands;

namespace Library.Worker.Tests;

/// <summary>Commands with sensible values where a test does not care.</summary>
internal static class Commands
{
    private static int _operations;

    public static CreateAuthor CreateAuthor(Guid id, string name = "Ann", string? bio = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id, Name = name, Bio = bio };

    public static ReplaceAuthor ReplaceAuthor(Guid id, string name = "Ann", int? ifVersion = null, bool createOnly = false, string? bio = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id, Name = name, Bio = bio, ExpectedVersion = ifVersion, CreateOnly = createOnly };

    public static PatchAuthor PatchAuthor(Guid id, string patch, int? ifVersion = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id, Patch = Json(patch), ExpectedVersion = ifVersion };

    public static DeleteAuthor DeleteAuthor(Guid id, int? ifVersion = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id, ExpectedVersion = ifVersion };

    public static RestoreAuthor RestoreAuthor(Guid id) => new() { OperationId = NextOperation(), AcceptedAt = Given.Now, AuthorId = id };

    public static CreateBook CreateBook(Guid id, params Guid[] authors) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id, Title = "Tales", AuthorIds = authors };

    public static ReplaceBook ReplaceBook(Guid id, string title = "Tales", int? ifVersion = null, bool createOnly = false, params Guid[] authors) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id, Title = title, AuthorIds = authors, ExpectedVersion = ifVersion, CreateOnly = createOnly };

    public static PatchBook PatchBook(Guid id, string patch, int? ifVersion = null) =>
        new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id, Patch = Json(patch), ExpectedVersion = ifVersion };

    public static DeleteBook DeleteBook(Guid id) => new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id };

    public static RestoreBook RestoreBook(Guid id) => new() { OperationId = NextOperation(), AcceptedAt = Given.Now, BookId = id };

    private static Guid NextOperation() => Given.Id(900_000 + Interlocked.Increment(ref _operations));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
