using Library.Testing;

[assembly: AssemblyFixture(typeof(TestServers))]
// Each test program has two cores and many processes already.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Library.EndToEnd;

/// <summary>One service for all tests that do it no harm: two API instances, a worker, and a subscriber of all events.</summary>
[CollectionDefinition]
public sealed class Running : ICollectionFixture<RunningLibrary>;
