namespace Library.Api.Infrastructure.Reading;

/// <summary>What was read and may be kept in memory.</summary>
internal interface ICacheable
{
    int Bytes { get; }
}
