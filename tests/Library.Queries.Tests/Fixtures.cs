using Library.Testing;

[assembly: AssemblyFixture(typeof(TestServers))]
