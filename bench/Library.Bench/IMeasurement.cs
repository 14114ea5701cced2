namespace Library.Bench;

/// <summary>Something that the service does, beside a bare program that does the same job with nothing in between.</summary>
internal interface IMeasurement
{
    /// <summary>As <c>bench/run</c> takes it.</summary>
    string Name { get; }

    Task<IReadOnlyList<Result>> RunAsync(Workbench bench);
}
