using System.Net;
using System.Text;
using Library.Api.Infrastructure.Operations;
using Library.Api.Tests.Infrastructure.Http;
using Library.Hosting.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class OwnerTests : IDisposable
{
    private readonly AccessApi _api = new();
    private readonly HttpClient _ann;
    private readonly HttpClient _bob;
    private readonly HttpClient _root;

    public OwnerTests() => (_ann, _bob, _root) = (
        _api.Client(_api.Keys.Add("ann", ["catalog:write"])), _api.Client(_api.Keys.Add("bob", ["catalog:write"])), _api.Client(_api.Keys.Add("root", ["admin"])));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_tells_whose_it_is()
    {
        await SendAsync();
        _api.Factory.Bus.Published.Single().Actor.ShouldBe("ann");
    }

    [Fact]
    public async Task In_mode_None_a_command_is_nobodys()
    {
        using var none = new AccessApi("None");
        (await none.Client().PostAsync("/v1/authors", new StringContent("""{"name":"Ann"}""", Encoding.UTF8, "application/json"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        none.Factory.Bus.Published.Single().Actor.ShouldBeNull();
    }

    [Fact]
    public async Task An_operation_is_its_callers_from_the_first_moment_and_administrators()
    {
        var path = await SendAsync();
        ((string?)(await (await _ann.GetAsync(path, Cancellation)).JsonAsync())["status"]).ShouldBe("pending");
        ((string?)(await (await _root.GetAsync(path, Cancellation)).JsonAsync())["status"]).ShouldBe("pending");
        await (await _bob.GetAsync(path, Cancellation)).ShouldBeProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_decided_operation_is_its_callers_by_its_row()
    {
        var ids = _api.Services.GetRequiredService<OperationIds>();
        // One whose own proof would let everybody in, so that it is the row that tells.
        var id = ids.Next("bob");
        _api.Factory.Outcomes.Rows[id] = new Outcome { Id = id, Effect = Effects.Deleted, Caller = "ann" };
        await (await _bob.GetAsync($"/v1/operations/{id}", Cancellation)).ShouldBeProblemAsync(404, "not-found");
        (await _root.GetAsync($"/v1/operations/{id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _api.Factory.Outcomes.Rows[id] = new Outcome { Id = id, Effect = Effects.Deleted, Caller = "bob" };
        (await _bob.GetAsync($"/v1/operations/{id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_nobodys_is_for_administrators()
    {
        var id = _api.Services.GetRequiredService<OperationIds>().Next();
        _api.Factory.Outcomes.Rows[id] = new Outcome { Id = id, Effect = Effects.Deleted };
        await (await _ann.GetAsync($"/v1/operations/{id}", Cancellation)).ShouldBeProblemAsync(404, "not-found");
        (await _root.GetAsync($"/v1/operations/{id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Ids_tell_strangers_apart()
    {
        var ids = _api.Services.GetRequiredService<OperationIds>();
        var mistaken = 0;
        for (var i = 0; i < 1000; i++)
        {
            var id = ids.Next("ann");
            ids.TryRead(id, out _).ShouldBeTrue();
            ids.MayBeOf(id, "ann").ShouldBeTrue();
            if (ids.MayBeOf(id, "bob")) mistaken++;
        }

        // One in 4,096 on average.
        mistaken.ShouldBeLessThan(10);
    }

    [Fact]
    public void A_changed_owner_is_no_id_of_ours()
    {
        var ids = _api.Services.GetRequiredService<OperationIds>();
        var bytes = ids.Next("ann").ToByteArray(bigEndian: true);
        for (var bit = 22; bit < 34; bit++)
        {
            var changed = bytes.ToArray();
            changed[15 - bit / 8] ^= (byte)(1 << (bit % 8));
            ids.TryRead(new Guid(changed, bigEndian: true), out _).ShouldBeFalse();
        }
    }

    public void Dispose() => _api.Dispose();

    /// <returns>Path of the operation.</returns>
    private async Task<string> SendAsync()
    {
        var answer = await _ann.PostAsync("/v1/authors", new StringContent("""{"name":"Ann"}""", Encoding.UTF8, "application/json"), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return answer.Headers.GetValues("Operation-Location").Single();
    }
}
