using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Library.EndToEnd.Fuzz;

namespace Library.EndToEnd;

/// <summary>
/// Whatever is sent to whichever operation of the OpenAPI document: no 5xx, every refusal a problem whose type leads somewhere, every
/// success as the schema says.
/// </summary>
[Collection(typeof(Running))]
public sealed partial class FuzzTests(RunningLibrary library)
{
    /// <summary>Requests with several things wrong, besides those with one; more for a long run: <c>LIBRARY_FUZZ_REQUESTS=100000</c>.</summary>
    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_FUZZ_REQUESTS") ?? "2000", CultureInfo.InvariantCulture);

    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Nothing_that_is_sent_makes_the_service_fail_or_answer_otherwise_than_it_says()
    {
        var author = await library.Api.CreateAuthorAsync("Fuzzed");
        var book = await library.Api.CreateBookAsync("Fuzzed", author);
        var operation = (await library.Api.PostAsync("/v1/authors", new { name = "Fuzzed" })).Is(HttpStatusCode.Accepted).Id;
        var api = new ApiDescription(JsonNode.Parse(await library.Api.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!);
        var problems = await library.Api.Http.GetStringAsync(new Uri("/problems", UriKind.Relative));
        var check = new FuzzCheck(api, AnchorPattern().Matches(problems).Select(match => match.Groups[1].Value).ToHashSet());
        var fuzzer = new Fuzzer(api, author, book, operation);

        var violations = new ConcurrentBag<string>();
        var counts = new ConcurrentDictionary<string, int>();
        var covered = new ConcurrentDictionary<string, bool>();
        await Parallel.ForEachAsync(
            fuzzer.Systematic().Concat(fuzzer.Random(new Random(Seed), Requests)),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (request, cancellation) =>
            {
                using var message = request.ToMessage();
                try
                {
                    using var answer = await library.Api.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
                    counts.AddOrUpdate($"{(int)answer.StatusCode / 100}xx", 1, (_, count) => count + 1);
                    covered.TryAdd(request.Operation.Name, true);
                    if (await check.ViolationAsync(request, answer) is { } violation) violations.Add($"{request} → {(int)answer.StatusCode} {violation}");
                }
                catch (HttpRequestException fault)
                {
                    // The server refuses a large body before it has read it, and closes: a client may see that instead of the 413.
                    counts.AddOrUpdate("closed", 1, (_, count) => count + 1);
                    if (request.Body is not { Length: > 1_000_000 } || fault.InnerException is not IOException) violations.Add($"{request} → {fault.Message} {fault.InnerException?.Message}");
                }
            });

        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}: {string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Value} × {count.Key}"))}; {covered.Count} of {api.Operations.Count} operations");
        violations.Take(30).ShouldBeEmpty($"{violations.Count} answers are wrong (seed {Seed})");
        covered.Count.ShouldBe(api.Operations.Count);
        (await library.Api.GetAsync("/health/ready")).Is(HttpStatusCode.OK);
        (await library.Worker.GetAsync("/health/ready")).Is(HttpStatusCode.OK);
        (await Audit.RunAsync(library.Api)).Findings.ShouldBeEmpty();
    }

    [GeneratedRegex("id=\"([a-z0-9-]+)\"")]
    private static partial Regex AnchorPattern();
}
