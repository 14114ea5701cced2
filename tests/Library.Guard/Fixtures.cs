using Library.Testing;

[assembly: AssemblyFixture(typeof(TestServers))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
