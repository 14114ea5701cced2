using Npgsql;

namespace Library.Api.Infrastructure.Lists;

/// <summary>An SQL statement builder: values become parameters, never text.</summary>
internal sealed class SqlStatement
{
    private readonly NpgsqlBatchCommand _command = new();

    /// <returns>The placeholder.</returns>
    public string Value<T>(T value)
    {
        _command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return $"${_command.Parameters.Count}";
    }

    public string Value(object value) => value switch
    {
        string text => Value<string>(text),
        int number => Value<int>(number),
        float rank => Value<float>(rank),
        Guid id => Value<Guid>(id),
        _ => throw new ArgumentException($"{value.GetType()} is no value of a list", nameof(value)),
    };

    public NpgsqlBatchCommand Of(string sql)
    {
        _command.CommandText = sql;
        return _command;
    }
}
