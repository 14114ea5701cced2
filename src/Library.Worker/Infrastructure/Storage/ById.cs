using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// A statement over rows of some ids. A lone id is compared with <c>=</c>: of that form Postgres keeps the plan, and to make it anew takes
/// several times as long as to look the row up. Of an array's it would not, and should not: a plan made for few must not meet many.
/// </summary>
/// <param name="sql">With <c>{these}</c> for the comparison.</param>
internal sealed class ById(string sql)
{
    private readonly string _one = sql.Replace("{these}", "= $1", StringComparison.Ordinal);
    private readonly string _many = sql.Replace("{these}", "= any($1)", StringComparison.Ordinal);

    public NpgsqlBatchCommand Of(Guid[] ids) => ids is [var id]
        ? Sql.Command(_one, Sql.Value(id, NpgsqlDbType.Uuid))
        : Sql.Command(_many, Sql.Value(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid));
}
