using System.ComponentModel.DataAnnotations;

namespace Library.Hosting.Storage;

/// <summary>The catalog's database, section <c>Library:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    public const string SectionName = "Library:Postgres";

    /// <summary>Npgsql connection string of the primary. Required.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>Schema of the catalog's tables: a lower-case SQL name; one catalog each. Default: <c>library</c>.</summary>
    [Required, RegularExpression("^[a-z_][a-z0-9_]{0,62}$")]
    public string Schema { get; set; } = "library";
}
