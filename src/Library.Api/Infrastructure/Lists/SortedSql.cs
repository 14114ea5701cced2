namespace Library.Api.Infrastructure.Lists;

/// <summary>
/// A page of few matching rows: all are found by the most selective index, then sorted. Along the sort's own index they might all be at
/// its far end, behind every row that does not match.
/// </summary>
internal static class SortedSql
{
    /// <summary>Keeps the planner from using the sort's index anyway.</summary>
    public const string Fence = "offset 0";

    public static string Of(ListQuery query, ListSort sort, int count, SqlStatement statement)
    {
        var rows = $"select r.* from {query.List.From} where {ListSql.Conditions(query, statement, AfterKey(query, sort, statement))} {Fence}";
        var direction = ListSql.Direction(query);
        var order = sort.Kind switch
        {
            SortKind.Id => "",
            SortKind.Date => $"{sort.Column} is null, {sort.Column} {direction}, {sort.Latest} {direction}, ",
            _ => $"{sort.Column} {direction}, ",
        };
        var sortedBy = sort.Kind == SortKind.Id ? "r.id" : ListSql.SortedBy(sort);
        return $"""
            select {sortedBy} as sorted_by, r.id as row_id{ListSql.Fields(query)} from ({rows}) r
            order by {order}r.id {direction} limit {statement.Value(count)}
            """;
    }

    private static string? AfterKey(ListQuery query, ListSort sort, SqlStatement statement) => query.After switch
    {
        null => null,
        { Value: DateKey { Earliest: null } } => $"{sort.Column} is null and {ListSql.Behind(query, sort, statement)}",
        { Value: DateKey } => $"({ListSql.Behind(query, sort, statement)} or {sort.Column} is null)",
        { Value: { } value } after => $"({sort.Column}, r.id) {ListSql.Past(query)} ({statement.Value(value)}, {statement.Value(after.Id)})",
        { } after => $"r.id {ListSql.Past(query)} {statement.Value(after.Id)}",
    };
}
