using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// A statement over the rows of some ids. A single id is compared with <c>=</c>: Postgres caches the plan of that form, and planning again takes
/// several times as long as the look-up. The plan of the array form is not cached, and should not be: a plan made for few ids is wrong for many.
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
