using Library.Api.Infrastructure.Access;

namespace Library.Api.Tests.Infrastructure.Access;

public class ApiKeyTextTests
{
    [Fact]
    public void A_key_has_its_form_and_no_two_are_the_same()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => ApiKeyText.New()).ToList();
        keys.ShouldBeUnique();
        foreach (var key in keys)
        {
            key.ShouldMatch("^lib_[A-Za-z0-9_-]{49}$");
            ApiKeyText.IsWellFormed(key).ShouldBeTrue(key);
        }
    }

    [Fact]
    public void A_typing_error_anywhere_is_seen()
    {
        var key = ApiKeyText.New();
        for (var at = 0; at < key.Length; at++)
        {
            var wrong = string.Concat(key.AsSpan(0, at), key[at] == 'A' ? "B" : "A", key.AsSpan(at + 1));
            ApiKeyText.IsWellFormed(wrong).ShouldBeFalse(wrong);
        }

        ApiKeyText.IsWellFormed(key.AsSpan(0, key.Length - 1)).ShouldBeFalse();
        ApiKeyText.IsWellFormed(key + "A").ShouldBeFalse();
        ApiKeyText.IsWellFormed("").ShouldBeFalse();
        ApiKeyText.IsWellFormed(string.Concat(key.AsSpan(0, 20), "ä", key.AsSpan(21))).ShouldBeFalse();
    }

    [Fact]
    public void What_is_stored_is_the_hash_of_all_of_it()
    {
        var (one, other) = (ApiKeyText.New(), ApiKeyText.New());
        ApiKeyText.Hash(one).ShouldBe(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(one)));
        ApiKeyText.Hash(one).ShouldNotBe(ApiKeyText.Hash(other));
    }
}
