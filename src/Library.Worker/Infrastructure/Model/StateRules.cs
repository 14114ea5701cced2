using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Library.Contracts;
using Library.Hosting.Errors;
using Library.Hosting.Validation;

namespace Library.Worker.Infrastructure.Model;

/// <summary>Repeats the API's validation: anyone who may publish to the queue can send anything.</summary>
internal static class StateRules
{
    private static readonly AuthorRules Authors = new(TimeProvider.System);
    private static readonly BookRules Books = new();
    private static readonly ContributorRules Contributors = new();

    /// <summary>Null: nothing is wrong.</summary>
    public static Problem? Check(AuthorState author) => Problem(author.Id, Authors.Validate(author));

    /// <summary>Null: nothing is wrong.</summary>
    public static Problem? Check(BookState book) => Problem(book.Id, Books.Validate(book), Contributors.Validate(book));

    private static Problem? Problem(Guid id, params ReadOnlySpan<ValidationResult> results)
    {
        Dictionary<string, string[]> errors = id == Guid.Empty ? new() { ["id"] = [TextRules.NilId] } : [];
        foreach (var result in results)
            foreach (var error in result.ToDictionary()) errors[JsonNamingPolicy.CamelCase.ConvertName(error.Key)] = error.Value;
        return errors.Count == 0 ? null : Problems.Invalid(errors);
    }

    private sealed class ContributorRules : AbstractValidator<BookState>
    {
        public ContributorRules() => RuleFor(book => book.Contributors).Contributors();
    }
}
