using Library.Api.Reading;

namespace Library.Api.Tests.Reading;

public class CursorTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    public void A_cursor_leads_back_to_its_place()
    {
        Cursor.TryRead("authors:id", Cursor.Write("authors:id", Id), out var id).ShouldBeTrue();
        id.ShouldBe(Id);
    }

    [Fact]
    public void A_cursor_of_another_list_is_none() => Cursor.TryRead("books:id", Cursor.Write("authors:id", Id), out _).ShouldBeFalse();

    [Fact]
    public void A_cursor_with_any_character_changed_is_none()
    {
        var cursor = Cursor.Write("authors:id", Id);
        for (var i = 0; i < cursor.Length; i++)
        {
            var mangled = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            Cursor.TryRead("authors:id", mangled, out _).ShouldBeFalse(mangled);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0198c0de-0000-7000-8000-000000000000")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("====++++////                ")]
    public void What_we_never_wrote_is_none(string text) => Cursor.TryRead("authors:id", text, out _).ShouldBeFalse();
}
