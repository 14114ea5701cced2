using Library.Contracts;
using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Imports;

/// <summary>A refused record, and why it was refused.</summary>
internal readonly record struct RefusedRecord(short Kind, long Line, Problem Problem);

/// <summary>The outcomes of a chunk's records.</summary>
internal sealed record ImportTally(long Applied, long Unchanged, IReadOnlyList<RefusedRecord> Refused);

/// <summary>Decides one record after another, by the rules that commands have. Pure.</summary>
internal static class ImportFold
{
    public static ImportTally Apply(Catalog catalog, IReadOnlyList<StagedRecord> records, Guid importId, string? actor = null)
    {
        var provenance = new Provenance(ImportId: importId, Actor: actor);
        var unchanged = 0;
        var refused = new List<RefusedRecord>();
        foreach (var record in records)
        {
            var (data, refusal) = BatchFold.Decide(catalog, record.Command);
            if (refusal is not null) refused.Add(new RefusedRecord(record.Kind, record.Line, InTheRecordsTerms(refusal, record)));
            else if (data is null) unchanged++;
            else catalog.Append(data, provenance);
        }

        return new ImportTally(records.Count - unchanged - refused.Count, unchanged, refused);
    }

    private static Problem InTheRecordsTerms(Problem problem, StagedRecord record) => problem.Errors is null || record.AuthorField is not { } field ? problem : problem with
    {
        Errors = problem.Errors.ToDictionary(
            error => error.Key.Split('[', ']') is ["authorIds" or "contributors", var place, ..] ? field(place) : error.Key, error => error.Value),
    };
}
