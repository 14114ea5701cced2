namespace Library.Api.Infrastructure.Lists;

/// <summary>
/// A page of few matching rows: all are found, by whatever index finds them best, then sorted. Along the sort's own index they might all lie at
/// its far end, behind every row that does not match.
/// </summary>
internal static class SortedSql
{
    /// <summary>Keeps the planner from walking the sort's index all the same.</summary>
    public const string Fence = "offset 0";

    public static string Of(ListQuery query, ListSort sort, int count, SqlStatement statement)
    {
        var column = sort.Kind == SortKind.Id ? "r.id" : sort.Column;
        var rows = $"select r.* from {query.List.From} where {ListSql.Conditions(query, statement, AfterKey(query, column, statement))} {Fence}";
        var direction = ListSql.Direction(query);
        return $"""
            select {column} as sorted_by, r.id as row_id{ListSql.Fields(query)} from ({rows}) r
            order by {column} is null, {column} {direction}, r.id {direction} limit {statement.Value(count)}
            """;
    }

    private static string? AfterKey(ListQuery query, string column, SqlStatement statement) => query switch
    {
        { After: null } => null,
        { After: { Value: { } value } after } => $"(({column}, r.id) {ListSql.Past(query)} ({statement.Value(value)}, {statement.Value(after.Id)}) or {column} is null)",
        { Sort.Kind: SortKind.Date, After: var after } => $"{column} is null and r.id {ListSql.Past(query)} {statement.Value(after.Id)}",
        { After: var after } => $"r.id {ListSql.Past(query)} {statement.Value(after.Id)}",
    };
}
