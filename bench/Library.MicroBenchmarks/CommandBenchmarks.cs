using BenchmarkDotNet.Attributes;
using Library.Contracts.Commands;
using Library.Hosting.Messaging;
using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Model;
using RabbitMQ.Client;

namespace Library.MicroBenchmarks;

/// <summary>A command on its way: encoded, decoded, and decided in a batch.</summary>
public class CommandBenchmarks
{
    private const int Batch = 500;

    private static readonly HashSet<Guid> NoneDone = [];

    private readonly byte[] _author = CommandEnvelope.Write(Samples.Author(1)).ToArray();
    private readonly byte[] _book = CommandEnvelope.Write(Samples.Book(1, Samples.Id(2, 1), Samples.Id(2, 2))).ToArray();
    private readonly CatalogCommand _command = Samples.Book(1, Samples.Id(2, 1), Samples.Id(2, 2));
    private readonly BasicProperties _properties = new();
    private readonly PendingCommand[] _commands = [.. Enumerable.Range(0, Batch).Select(n => new PendingCommand(
        n % 4 == 0 ? Samples.Author(n) : Samples.Book(n, Samples.Id(2, n - (n % 4))), null))];

    private readonly Snapshot _snapshot = new(
        Samples.Now, 0, [.. Enumerable.Range(1, Batch).Select(position => (long)position)], new Dictionary<Guid, Entry>(), new HashSet<Guid>());

    [Benchmark]
    public int EncodeCreateBook() => CommandEnvelope.Write(_command).Length;

    [Benchmark]
    public object DecodeCreateAuthor() => CommandDecoder.Decode(1, _author, _properties);

    [Benchmark]
    public object DecodeCreateBook() => CommandDecoder.Decode(1, _book, _properties);

    /// <summary>A command's share of a batch of creations: one author, then three books of it.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public object Decide() => BatchFold.Apply(new Catalog(_snapshot), _commands, NoneDone);
}
