using Library.Api.Infrastructure.Lists;
using Library.Hosting.Operations;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Infrastructure.Lists;

public class CursorsTests
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Guid Block = Guid.CreateVersion7();
    private readonly Cursors _cursors = WithSecret('s');

    public static TheoryData<object?> Values() => [(object?)null, "", "tōkyō 東京", new DateKey(-3_652_425, -116_877_600), new DateKey(null, int.MaxValue), new DateKey(730_000, 23_360_005), 0f, 0.0607927f];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_cursor_leads_back_to_its_place(object? value)
    {
        var key = new PageKey(value, Id, Block);
        _cursors.TryRead("books", _cursors.Write("books", key), out var read).ShouldBeTrue();
        read.ShouldBe(key);
    }

    [Fact]
    public void A_cursor_of_another_query_is_none() => _cursors.TryRead("authors", _cursors.Write("books", new PageKey("a", Id)), out _).ShouldBeFalse();

    [Fact]
    public void A_cursor_made_with_another_secret_is_none() => _cursors.TryRead("books", WithSecret('t').Write("books", new PageKey("a", Id)), out _).ShouldBeFalse();

    [Fact]
    public void A_cursor_with_any_character_changed_is_none()
    {
        var cursor = _cursors.Write("books", new PageKey("ab", Id));
        for (var i = 0; i < cursor.Length; i++)
        {
            foreach (var other in "AQgw_-09")
            {
                if (cursor[i] == other) continue;
                var mangled = cursor[..i] + other + cursor[(i + 1)..];
                _cursors.TryRead("books", mangled, out _).ShouldBeFalse(mangled);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0198c0de-0000-7000-8000-000000000000")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("====++++////                ")]
    [InlineData("éééé")]
    public void What_we_never_wrote_is_none(string text) => _cursors.TryRead("books", text, out _).ShouldBeFalse();

    internal static Cursors WithSecret(char letter) => new(Options.Create(new OperationsOptions { Secret = new string(letter, 32) }));
}
