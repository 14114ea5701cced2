using Library.Api.Infrastructure.Reading;
using Library.Contracts.Values;
using Npgsql;

namespace Library.Api.Infrastructure.Lists;

/// <summary>
/// The SQL statements of a page. Each seeks to the page's first key and scans an index from there (keyset pagination), so a deep page costs as much
/// as the first. Rows of a page have its key (sort value, id) first, then the fields.
/// </summary>
internal static class ListSql
{
    /// <summary>Behind every other character, so that prefix || this bounds what begins with the prefix.</summary>
    private const string LastCharacter = "chr(1114111)";

    /// <summary>Up to so many, an estimate is exact.</summary>
    public const int CountedExactly = 10_000;

    /// <summary>
    /// This many hits, by id, are ranked together; the next block follows them. Ranking needs every hit that it compares, so this bounds what
    /// a page of hits for a common word costs.
    /// </summary>
    public const int Block = 1000;

    /// <summary>How far the database has come, and whether the parent is there; then the page; then what counts the total.</summary>
    /// <param name="few">Whether few enough rows match that all of them may be sorted.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Of(ListQuery query, bool few) => [State(query), Page(query, few), .. Totals(query)];

    /// <summary>How many rows the table has, about, and the planner's guess how many of them match.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Estimate(ListQuery query) =>
        [new NpgsqlBatchCommand($"select reltuples::bigint from pg_class where oid = '{query.List.Resource.Plural}'::regclass"), Planned(query)];

    private static NpgsqlBatchCommand State(ListQuery query)
    {
        var statement = new SqlStatement();
        var parent = query is { Parent: { } id, List.Parent: { } type }
            ? $"exists(select from {type.Plural} r where r.id = {statement.Value(id)} and {type.Present})"
            : "true";
        return statement.Of($"select {ResourceType.LastPosition}, {parent}");
    }

    private static NpgsqlBatchCommand Page(ListQuery query, bool few)
    {
        var statement = new SqlStatement();
        // Reads one row more than requested, to know whether there is a next page.
        var count = query.Limit + 1;
        return statement.Of(query.Sort switch
        {
            null => RankedSql.Of(query, few, count, statement),
            { } sort when few => SortedSql.Of(query, sort, count, statement),
            { Kind: SortKind.Date } sort => Dated(query, sort, count, statement),
            { } sort => $"{Select(query, sort)} where {Conditions(query, statement, AfterKey(query, sort, statement))} {Order(query, sort)} limit {statement.Value(count)}",
        });
    }

    private static IEnumerable<NpgsqlBatchCommand> Totals(ListQuery query)
    {
        if (query.Count == TotalCount.None) yield break;
        var counted = new SqlStatement();
        var rows = $"select from {query.List.From} where {Conditions(query, counted)}";
        yield return counted.Of(query.Count == TotalCount.Exact
            ? $"select count(*) from ({rows}) matching"
            : $"select count(*) from ({rows} order by {query.List.Id} limit {counted.Value(CountedExactly + 1)}) matching");
        if (query.Count == TotalCount.Exact) yield break;
        yield return Planned(query);
    }

    private static NpgsqlBatchCommand Planned(ListQuery query)
    {
        var statement = new SqlStatement();
        return statement.Of($"explain (format json) select from {query.List.From} where {Conditions(query, statement)}");
    }

    /// <summary>The dates with an earliest day along their index, then those without: whichever the direction, they come last.</summary>
    private static string Dated(ListQuery query, ListSort sort, int count, SqlStatement statement)
    {
        var limit = statement.Value(count);
        var after = query.After?.Value as DateKey?;
        var known = after is { Earliest: null } ? null
            : $"{Select(query, sort)} where {Conditions(query, statement, [$"{sort.Column} is not null", Behind(query, sort, statement), .. EarlierThan(query, sort, statement)])} {Order(query, sort)} limit {limit}";
        // What has no earliest day is not known to be later than any.
        var unknown = query.Filters.Any(f => f.Filter.Kind == FilterKind.After && f.Filter.Column == sort.Column) ? null
            : $"{Select(query, sort)} where {Conditions(query, statement, $"{sort.Column} is null", after is { Earliest: null } ? Behind(query, sort, statement) : null)} {Order(query, sort)}";
        if (known is null) return unknown is null ? $"{Select(query, sort)} where false" : $"{unknown} limit {limit}";
        if (unknown is null) return known;
        return $"""
            with known as ({known}), unknown as ({unknown} limit {limit} - (select count(*) from known))
            select * from (select *, 0 as part from known union all select *, 1 from unknown) rows order by part, sorted_by {Direction(query)}, row_id {Direction(query)}
            """;
    }

    /// <summary>Rows behind the cursor's among those with an earliest day, or among those without.</summary>
    internal static string? Behind(ListQuery query, ListSort sort, SqlStatement statement) => query.After switch
    {
        { Value: DateKey { Earliest: { } earliest } key } after =>
            $"({sort.Column}, {sort.Latest}, r.id) {Past(query)} ({statement.Value(earliest)}, {statement.Value(key.Latest)}, {statement.Value(after.Id)})",
        { Value: DateKey key } after => $"({sort.Latest}, r.id) {Past(query)} ({statement.Value(key.Latest)}, {statement.Value(after.Id)})",
        _ => null,
    };

    /// <summary>What ends before a day also begins before it, which bounds the way along the index.</summary>
    private static IEnumerable<string> EarlierThan(ListQuery query, ListSort sort, SqlStatement statement) => query.Filters
        .Where(f => f.Filter.Kind == FilterKind.Before && f.Filter.Column == sort.Column)
        .Select(f => $"{sort.Column} < {statement.Value(((EdtfDate)f.Value).EarliestDay!.Value)}");

    internal static string Conditions(ListQuery query, SqlStatement statement, params string?[] also)
    {
        List<string> conditions = [.. also.OfType<string>()];
        if (query is { Parent: { } parent, List.ParentColumn: { } column }) conditions.Add($"{column} = {statement.Value(parent)}");
        if (query.List.Resource.Present != ResourceType.Always) conditions.Add(query.List.Resource.Present);
        foreach (var (filter, value) in query.Filters) conditions.Add(Condition(filter, value, statement));
        if (query.Words is { } words) conditions.Add($"r.search @@ {statement.Value(words)}::tsquery");
        return conditions.Count > 0 ? string.Join(" and ", conditions) : "true";
    }

    /// <summary>State and version, then what is included.</summary>
    internal static string Fields(ListQuery query) => ", r.state, r.version" + string.Concat(query.Includes.Select(include => ", " + include.Sql));

    private static string Condition(ListFilter filter, object value, SqlStatement statement)
    {
        switch (filter.Kind, value)
        {
            case (FilterKind.After, EdtfDate { LatestDay: { } day }):
                return $"{filter.Column} > {statement.Value(day)}";
            case (FilterKind.Before, EdtfDate { EarliestDay: { } day }):
                return $"({filter.Column} < {statement.Value(day)} or {filter.Column} is null) and {filter.Latest} < {statement.Value(day * EdtfDate.KeysPerDay)}";
            case (FilterKind.Prefix, _):
                var prefix = statement.Value(value);
                return $"{filter.Column} >= {prefix} and {filter.Column} < {prefix} || {LastCharacter}";
            case (FilterKind.Role, Relators.Author):
                return $"({filter.Column} is null or {statement.Value(value)} = any({filter.Column}))";
            case (FilterKind.Role, _):
                return $"{filter.Column} is not null and {statement.Value(value)} = any({filter.Column})";
            default:
                return $"{filter.Column} is not null and {filter.Column} @> array[{statement.Value(value)}]";
        }
    }

    internal static string Select(ListQuery query, ListSort sort) => $"select {SortedBy(sort)} as sorted_by, r.id as row_id{Fields(query)} from {query.List.From}";

    /// <summary>What a row's key begins with.</summary>
    internal static string SortedBy(ListSort sort) => sort.Kind == SortKind.Date ? $"array[{sort.Column}, {sort.Latest}]" : sort.Column;

    private static string Order(ListQuery query, ListSort sort) => sort.Kind switch
    {
        SortKind.Id => $"order by {sort.Column} {Direction(query)}",
        SortKind.Date => $"order by {sort.Column} {Direction(query)}, {sort.Latest} {Direction(query)}, r.id {Direction(query)}",
        _ => $"order by {sort.Column} {Direction(query)}, r.id {Direction(query)}",
    };

    private static string? AfterKey(ListQuery query, ListSort sort, SqlStatement statement) => query.After switch
    {
        null => null,
        { } after when sort.Kind == SortKind.Id => $"{sort.Column} {Past(query)} {statement.Value(after.Id)}",
        { Value: { } value } after => $"({sort.Column}, r.id) {Past(query)} ({statement.Value(value)}, {statement.Value(after.Id)})",
        _ => null,
    };

    internal static string Past(ListQuery query) => query.Descending ? "<" : ">";

    internal static string Direction(ListQuery query) => query.Descending ? "desc" : "asc";
}
