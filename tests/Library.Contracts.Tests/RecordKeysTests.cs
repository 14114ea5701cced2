using Library.Contracts.Imports;

namespace Library.Contracts.Tests;

public sealed class RecordKeysTests
{
    /// <summary>Made by another implementation: <c>python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('5b1f0f5e-8c7a-4d53-9a0e-6f2d3c4b7a11'), 'author:OL1A'))"</c>.</summary>
    [Theory]
    [InlineData("author", "OL1A", "edffc70a-4f93-558c-935d-edd982c9919b")]
    [InlineData("book", "OL1M", "92c4fc9a-ae8b-57c0-87bf-f2d22d9a1dc6")]
    [InlineData("author", "gb-author-1", "4b1024ad-109d-56ac-99de-a2a286929d8c")]
    [InlineData("author", "Łódź 👀", "585ea698-b75e-573c-92d4-e349657cfb75")]
    [InlineData("book", "", "1c386dd3-8181-5604-bd80-084dd3082b51")]
    public void A_key_stands_for_the_id_that_others_compute(string kind, string key, string id) =>
        (kind == "author" ? RecordKeys.AuthorId(key) : RecordKeys.BookId(key)).ShouldBe(new Guid(id));

    [Fact]
    public void A_long_key_has_an_id_like_any_other() =>
        RecordKeys.AuthorId(new string('ł', 500)).ToString()[14].ShouldBe('5');
}
