using System.Text;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Tests.Infrastructure.Service;

public sealed class ServerSentEventsTests
{
    [Theory]
    [InlineData("data: x\n\n", "||x")]
    [InlineData("data:x\r\ndata: y\r\n\r\n", "||x\ny")]
    [InlineData(": comment\n\n", "")]
    [InlineData("id: 4\n\nevent: e\ndata: x\n\n", "4||;4|e|x")]
    [InlineData("id: 4\ndata: x\n\nid: 5\ndata: half", "4||x")]
    [InlineData("retry: 3\nunknown\ndata\n\n", "||")]
    public async Task Messages_are_read_as_the_standard_says(string stream, string expected)
    {
        var read = new List<string>();
        await foreach (var message in ServerSentEvents.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(stream)), CancellationToken.None))
            read.Add($"{message.Id}|{message.Type}|{message.Data}");
        string.Join(';', read).ShouldBe(expected);
    }
}
