using Library.Contracts;
using System.Text.Json;
using Library.Contracts.Commands;
using Library.Hosting.Messaging;

namespace Library.Api.Tests.Infrastructure.Commands;

public class CommandEnvelopeTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 11, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static TheoryData<CatalogCommand> Commands =>
    [
        new CreateAuthor { OperationId = Id, AcceptedAt = At, Author = new() { Id = Id, Name = "Ærøskøbing 😀 \"\\\n", Bio = "b", BirthDate = "1929-10-21" } },
        new ReplaceAuthor { OperationId = Id, AcceptedAt = At, Author = new() { Id = Id, Name = "A" }, CreateOnly = true, ExpectedVersions = new List<int> { 3 } },
        new DeleteAuthor { OperationId = Id, AcceptedAt = At, AuthorId = Id },
        new RestoreAuthor { OperationId = Id, AcceptedAt = At, AuthorId = Id },
        new ReplaceBook { OperationId = Id, AcceptedAt = At, Book = new() { Id = Id, Title = "B", Contributors = new List<Contributor> { new() { AuthorId = Id, Role = "trl" } } } },
        new DeleteBook { OperationId = Id, AcceptedAt = At, BookId = Id, ExpectedVersions = new List<int> { 1, 2 } },
        new RestoreBook { OperationId = Id, AcceptedAt = At, BookId = Id },
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_read_as_it_was_written(CatalogCommand command)
    {
        var (read, unreadable) = CommandEnvelope.Read(CommandEnvelope.Write(command).Span);
        unreadable.ShouldBeNull();
        read.ShouldBeEquivalentTo(command);
    }

    [Fact]
    public void A_list_keeps_its_order()
    {
        Guid[] authors = [Guid.CreateVersion7(), Id, Guid.CreateVersion7()];
        var command = new CreateBook { OperationId = Id, AcceptedAt = At, Book = new() { Id = Id, Title = "B", Contributors = Contributor.Authors(authors) } };
        CommandEnvelope.Read(CommandEnvelope.Write(command).Span).Command.ShouldBeOfType<CreateBook>().Book.AuthorIds.ShouldBe(authors);
    }

    [Fact]
    public void A_patch_keeps_its_nulls()
    {
        var command = new PatchAuthor { OperationId = Id, AcceptedAt = At, AuthorId = Id, Patch = JsonElement.Parse("""{"bio":null,"name":"A"}""") };
        CommandEnvelope.Read(CommandEnvelope.Write(command).Span).Command.ShouldBeOfType<PatchAuthor>().Patch.GetRawText().ShouldBe("""{"bio":null,"name":"A"}""");
    }

    [Fact]
    public void It_is_an_envelope_of_MassTransits()
    {
        var envelope = JsonElement.Parse(CommandEnvelope.Write(new DeleteAuthor { OperationId = Id, AcceptedAt = At, AuthorId = Id }).Span);
        envelope.GetProperty("messageType")[0].GetString().ShouldBe($"urn:message:{typeof(CatalogCommand).Namespace}:{nameof(CatalogCommand)}");
        envelope.GetProperty("message").GetProperty("kind").GetString().ShouldBe(nameof(DeleteAuthor));
        envelope.GetProperty("message").GetProperty("authorId").GetGuid().ShouldBe(Id);
    }
}
