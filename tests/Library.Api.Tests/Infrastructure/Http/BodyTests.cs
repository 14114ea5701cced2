using System.Text;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Infrastructure.Http;

public class BodyTests
{
    private static readonly BodyReader Reader = new(new RequestJson(Options.Create(new LimitOptions()), [AuthorJson.Default, BookJson.Default]), Options.Create(new LimitOptions()), new BodyMemory(Options.Create(new LimitOptions())), null!);

    [Theory]
    [InlineData("""{"name":1}""", "name", "It must be a string.")]
    [InlineData("""{"name":"A","birthDate":19650731}""", "birthDate", "It must be a string.")]
    [InlineData("""{"name":"A","id":"x"}""", "id", "It must be a UUID, written like 0198c0de-0000-7000-8000-000000000000.")]
    [InlineData("""{"name":"A","nmae":"B"}""", "nmae", "There is no such field; there are: id, name, sortName, kind, alternateNames, bio, birthDate, deathDate, identifiers.")]
    [InlineData("""{"Name":"A"}""", "Name", "There is no such field; there are: id, name, sortName, kind, alternateNames, bio, birthDate, deathDate, identifiers.")]
    [InlineData("""{"name":"A","name":"B"}""", "name", "It is given more than once.")]
    [InlineData("""{"name":"A","n\u0061me":"B"}""", "name", "It is given more than once.")]
    [InlineData("""{"name":{"deep":[1]}}""", "name", "It must be a string.")]
    public void What_cannot_be_read_is_400_keyed_by_the_field(string json, string field, string error)
    {
        var problem = Should.Throw<RefusalException>(() => Reader.Parse<AuthorBody>(Encoding.UTF8.GetBytes(json))).Problem;
        problem.Status.ShouldBe(400);
        problem.Errors.ShouldNotBeNull();
        problem.Errors.Keys.ShouldBe([field]);
        problem.Errors[field].ShouldBe([error]);
    }

    [Theory]
    [InlineData("""{"title":"T","authorIds":["x"]}""", "authorIds[0]")]
    [InlineData("""{"title":"T","authorIds":[null]}""", "authorIds[0]")]
    [InlineData("""{"title":"T","authorIds":"0198c0de-0000-7000-8000-000000000000"}""", "authorIds")]
    [InlineData("""{"title":"T","authorIds":{}}""", "authorIds")]
    public void An_element_is_named_by_its_place(string json, string field)
    {
        var problem = Should.Throw<RefusalException>(() => Reader.Parse<BookBody>(Encoding.UTF8.GetBytes(json))).Problem;
        problem.Status.ShouldBe(400);
        problem.Errors!.Keys.ShouldBe([field]);
    }

    [Theory]
    [InlineData("""{"title":"T","contributors":[{"role":"aut"}]}""", "contributors[0]", "It must be an object with the fields authorId, role.")]
    [InlineData("""{"title":"T","contributors":[{"authorId":"x"}]}""", "contributors[0].authorId", "It must be a UUID, written like 0198c0de-0000-7000-8000-000000000000.")]
    [InlineData("""{"title":"T","contributors":[{"authorId":"0198c0de-0000-7000-8000-000000000000","rôle":"aut"}]}""", "contributors[0].rôle", "There is no such field; there are: authorId, role.")]
    [InlineData("""{"title":"T","identifiers":[{"scheme":"isbn","value":9780306406157}]}""", "identifiers[0].value", "It must be a string.")]
    [InlineData("""{"title":"T","identifiers":["isbn:9780306406157"]}""", "identifiers[0]", "It must be an object with the fields scheme, value.")]
    [InlineData("""{"title":"T","languages":"deu"}""", "languages", "It must be an array of strings.")]
    public void A_part_of_an_element_is_named_by_its_way(string json, string field, string error)
    {
        var problem = Should.Throw<RefusalException>(() => Reader.Parse<BookBody>(Encoding.UTF8.GetBytes(json))).Problem;
        problem.Status.ShouldBe(400);
        problem.Errors!.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Key.ShouldBe(field), one => one.Value.ShouldBe([error]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"name\"")]
    [InlineData("{")]
    [InlineData("{\"name\":\"A\"} x")]
    [InlineData("{\"name\":\"A\",}")]
    [InlineData("// comment\n{\"name\":\"A\"}")]
    [InlineData("""{"name":"\ud83d"}""")]
    [InlineData("""{"name":"\ude00\ud83d"}""")]
    [InlineData("""{"bio":[[[[[[[[[[1]]]]]]]]]]}""")]
    public void What_is_no_JSON_object_is_400_and_shows_nothing_of_our_code(string json)
    {
        var problem = Should.Throw<RefusalException>(() => Reader.Parse<AuthorBody>(Encoding.UTF8.GetBytes(json))).Problem;
        problem.Status.ShouldBe(400);
        problem.Detail.ShouldNotContain("System.");
        problem.Detail.ShouldNotContain("Request");
    }

    [Fact]
    public void Malformed_UTF8_is_400()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Should.Throw<RefusalException>(() => Reader.Parse<AuthorBody>(body)).Problem.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"name":1}""", "name")]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000000"}""", "id")]
    [InlineData("""{"version":3}""", "version")]
    [InlineData("""{"birthDate":1999}""", "birthDate")]
    public void A_patch_takes_known_fields_of_their_types_only(string json, string field) =>
        Should.Throw<RefusalException>(() => Reader.Parse<AuthorPatch>(Encoding.UTF8.GetBytes(json))).Problem.Errors!.Keys.ShouldBe([field]);
}
