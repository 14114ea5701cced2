namespace Library.Formats.Mapping;

/// <summary>Why a record cannot be mapped.</summary>
internal readonly record struct Fault(string Field, string Reason);
