namespace Library.Hosting.Operations;

/// <summary>What a succeeded operation did, as the column <c>operations.effect</c> says it.</summary>
public static class Effects
{
    public const string Created = "created";
    public const string Changed = "changed";
    public const string Unchanged = "unchanged";
    public const string Deleted = "deleted";
    public const string Restored = "restored";
}
