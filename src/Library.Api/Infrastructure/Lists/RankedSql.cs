namespace Library.Api.Infrastructure.Lists;

/// <summary>A page of hits by rank: the block's hits are found by id, ranked, and read from where the last page ended.</summary>
internal static class RankedSql
{
    /// <summary>Its rows say in the last columns where the block ends and how many hits it has; one is there even where no hit is left.</summary>
    public static string Of(ListQuery query, bool few, int count, SqlStatement statement)
    {
        var list = query.List;
        var after = query.After;
        var words = statement.Value(query.Words!);
        var inBlock = ListSql.Conditions(query, statement, after is null || after.Block == Guid.Empty ? null : $"{list.Id} > {statement.Value(after.Block)}");
        var behind = after?.Value is { } rank
            ? $"where (rank < {statement.Value(rank)} or (rank = {statement.Value(rank)} and id > {statement.Value(after.Id)}))"
            : "";
        // 1: a long text is no better for being long.
        return $"""
            with found as materialized (
              select id, ts_rank(search, {words}::tsquery, 1) as rank
              from (select id, search from (select {list.Id} as id, r.search from {list.From} where {inBlock} {(few ? SortedSql.Fence : "")}) matching order by id limit {statement.Value(ListSql.Block)}) hits),
            best as (select id, rank from found {behind} order by rank desc, id limit {statement.Value(count)}),
            ending as (select (select id from found order by id desc limit 1) as id, (select count(*) from found) as hits)
            select best.rank as sorted_by, r.id as row_id{ListSql.Fields(query)}, ending.id, ending.hits
            from ending left join best on true left join {list.Resource.Plural} r on r.id = best.id order by best.rank desc, best.id
            """;
    }
}
