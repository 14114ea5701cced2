using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd.Model;

/// <summary>Plays a sequence against the service and against the model, and compares.</summary>
internal sealed class ModelPlayer(HostProcess api, HostProcess otherApi)
{
    private readonly CatalogModel _model = new();
    private readonly Guid[] _ids = [.. Enumerable.Range(0, Step.Resources).Select(_ => Guid.CreateVersion7())];

    /// <summary>Status of each command that was sent, repeats included.</summary>
    public List<int> Statuses { get; } = [];

    public async Task PlayAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            var before = _model.Resources.GetValueOrDefault(step.Resource);
            var ifMatch = IfMatch(step, before);
            var expected = _model.Apply(step);
            var key = Guid.CreateVersion7();
            for (var i = 0; i <= step.Repeats; i++)
            {
                var answer = await SendAsync(i % 2 == 0 ? api : otherApi, step, key, ifMatch);
                Statuses.Add((int)answer.Status);
                ((int)answer.Status, answer.Problem).ShouldBe((expected.Status, expected.Problem), $"{step}: {answer.Body}");
                if (expected.Status is not (200 or 201)) continue;
                answer.Header("ETag").ShouldBe($"\"{_model.Resources[step.Resource].Version}\"", step.ToString());
                if (step is { IsBook: false, Verb: Verb.Restore }) await LeavesAsync(answer.Header("Operation-Location")!, _model.Left);
            }

            if (!step.IsBook && step.Verb is Verb.Delete or Verb.Restore) await QuietAsync();
        }

        await QuietAsync();
        foreach (var (number, resource) in _model.Resources)
            (await HistoryAsync(number, resource)).ShouldBe(resource.History, $"history of {number}");
    }

    private static string? IfMatch(Step step, ModelResource? before) => step.Asked switch
    {
        Condition.Current => $"\"{before?.Version ?? 1}\"",
        Condition.Stale => $"\"{(before?.Version ?? 1) + 1}\"",
        Condition.Any => "*",
        _ => null,
    };

    private Task<Answer> SendAsync(HostProcess instance, Step step, Guid key, string? ifMatch)
    {
        List<(string, string)> headers = [Requests.Wait, ("Idempotency-Key", $"\"{key}\"")];
        if (ifMatch is not null) headers.Add(("If-Match", ifMatch));
        if (step.Asked is Condition.CreateOnly) headers.Add(("If-None-Match", "*"));
        var path = Path(step.IsBook, step.Verb is Verb.Create ? null : step.Resource) + (step.Verb is Verb.Restore ? "/restore" : "");
        var method = step.Verb switch
        {
            Verb.Create or Verb.Restore => HttpMethod.Post,
            Verb.Replace => HttpMethod.Put,
            Verb.Patch => HttpMethod.Patch,
            _ => HttpMethod.Delete,
        };
        return instance.SendAsync(method, path, Body(step), [.. headers]);
    }

    private Dictionary<string, object?>? Body(Step step)
    {
        if (step.Verb is Verb.Delete or Verb.Restore) return null;
        var body = new Dictionary<string, object?> { [step.IsBook ? "title" : "name"] = Title(step.Text) };
        foreach (var (field, value) in Optional(step))
            if (step.Text != 0 || step.Verb is Verb.Patch) body[field] = step.Text != 0 ? value : null;
        if (step.IsBook && (step.Verb is not Verb.Patch || step.Text == 0))
        {
            // The short form, where it says all.
            if (step.Contributors.All(contributor => contributor.Role == "aut")) body["authorIds"] = step.Authors.Select(author => _ids[author]);
            else body["contributors"] = step.Contributors.Select(contributor => new { authorId = _ids[contributor.Author], role = contributor.Role });
        }

        if (step.Verb is Verb.Create) body["id"] = _ids[step.Resource];
        return body;
    }

    /// <summary>In other forms than the stored ones, so that the same text sent again must change nothing.</summary>
    private static IEnumerable<(string Field, object Value)> Optional(Step step) => step.IsBook
        ? [("description", Description(step.Text)!), ("publishDate", Date(step.Text)!), ("languages", new[] { "de", "eng" }), ("identifiers", new[] { new { scheme = "isbn", value = "0-306-40615-2" } })]
        : [("bio", Description(step.Text)!), ("birthDate", Date(step.Text)!), ("identifiers", new[] { new { scheme = "doi", value = "https://doi.org/10.1000/ABC" } })];

    /// <summary>Waits until the service shows what the model has: a cascade is through within seconds.</summary>
    private async Task QuietAsync()
    {
        foreach (var (number, resource) in _model.Resources)
        {
            var shown = "";
            try
            {
                await Eventually.HoldsAsync(async () => (shown = await ShownAsync(number, resource)) == Told(resource), $"{number} is as the model has it");
            }
            catch (TimeoutException fault)
            {
                throw new TimeoutException($"{fault.Message} Model: {Told(resource)}. Service: {shown}.", fault);
            }
        }
    }

    /// <summary>The operation of a restoration tells which books it left as they are, once it is through.</summary>
    private Task LeavesAsync(string operation, IReadOnlyList<int> books) => Eventually.HoldsAsync(
        async () => (await api.GetAsync(operation)).Body.TryGetProperty("left", out var left)
            && left.GetProperty("count").GetInt32() == books.Count
            && left.GetProperty("ids").EnumerateArray().Select(id => id.GetGuid()).ToHashSet().SetEquals(books.Select(book => _ids[book])),
        $"{operation} leaves {string.Join(',', books)} as they are");

    private string Told(ModelResource resource) => resource.Exists
        ? string.Join(' ', [
            resource.Version, Title(resource.Text), Description(resource.Text), Date(resource.Text),
            resource.Text == 0 ? null : resource.IsBook ? "[\"deu\",\"eng\"] 9780306406157" : " 10.1000/abc",
            .. resource.Authors.Select(contributor => $"{_ids[contributor.Author]} {contributor.Role}"),
            .. resource.Authors.Select(contributor => contributor.Author).Distinct().Select(author => _ids[author])])
        : "not there";

    private async Task<string> ShownAsync(int number, ModelResource resource)
    {
        var answer = await api.GetAsync(Path(resource.IsBook, number));
        if (answer.Status == HttpStatusCode.NotFound) return "not there";
        var body = answer.Is(HttpStatusCode.OK).Body;
        return string.Join(' ', [
            body.GetProperty("version").GetInt32(),
            body.GetProperty(resource.IsBook ? "title" : "name").GetString(),
            body.TryGetProperty(resource.IsBook ? "description" : "bio", out var text) ? text.GetString() : null,
            body.TryGetProperty(resource.IsBook ? "publishDate" : "birthDate", out var date) ? date.GetString() : null,
            body.TryGetProperty("identifiers", out var identifiers) ? $"{(body.TryGetProperty("languages", out var languages) ? languages.GetRawText() : null)} {identifiers[0].GetProperty("value")}" : null,
            .. body.TryGetProperty("contributors", out var contributors)
                ? contributors.EnumerateArray().Select(contributor => $"{contributor.GetProperty("authorId")} {contributor.GetProperty("role")}")
                : [],
            .. body.TryGetProperty("authorIds", out var authors) ? authors.EnumerateArray().Select(id => id.GetGuid()) : []]);
    }

    private async Task<IEnumerable<string?>> HistoryAsync(int number, ModelResource resource)
    {
        var answer = (await api.GetAsync($"{Path(resource.IsBook, number)}/history?limit=500")).Is(HttpStatusCode.OK);
        return answer.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("type").GetString());
    }

    private string Path(bool isBook, int? number) => (isBook ? "/v1/books" : "/v1/authors") + (number is { } n ? "/" + _ids[n] : "");

    private static string Title(int text) => $"Text {text}";

    private static string? Date(int text) => text switch { 0 => null, 1 => "192X~", _ => "1967-05" };

    private static string? Description(int text) => text == 0 ? null : $"About text {text}";
}
