namespace Library.Faults;

public sealed class OperationsTableTests
{
    [Fact]
    public void Whoever_runs_the_service_is_told_of_every_fault()
    {
        var faults = Fault.All.Select(fault => fault.Name).Where(name => name != "none").ToList();
        faults.Where(fault => !OperationsTable.Names.Any(name => OperationsTable.Means(name, fault))).ShouldBeEmpty("they have no row in docs/operations.md");
        OperationsTable.Names.Where(name => !faults.Any(fault => OperationsTable.Means(name, fault))).ShouldBeEmpty("docs/operations.md names faults that there are not");
    }
}
