namespace Library.Formats.Mapping;

/// <summary>What the HTTP contract allows; texts in Unicode code points.</summary>
internal static class Limits
{
    public const int Key = 500;
    public const int Name = 500;
    public const int Bio = 10_000;
    public const int AlternateNames = 100;
    public const int Title = 2_000;
    public const int AlternateTitles = 20;
    public const int Description = 20_000;
    public const int Publisher = 500;
    public const int Languages = 20;
    public const int Subject = 500;
    public const int Subjects = 200;
    public const int Identifiers = 100;
    public const int Contributors = 100;
}
