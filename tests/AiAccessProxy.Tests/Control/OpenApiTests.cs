using System.Text.Json.Nodes;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Tests.Architecture;
using Microsoft.AspNetCore.Routing;

namespace AiAccessProxy.Tests.Control;

/// <summary>What the document says of the API is what is served. <c>AIACCESS_TESTS_WRITE=1</c> has docs/openapi.json written anew.</summary>
public class OpenApiTests
{
    private static readonly string Kept = Repository.PathOf("docs/openapi.json");

    [Fact]
    public async Task The_document_in_docs_is_what_the_program_says_and_serves()
    {
        await using var console = await Console.StartAsync();
        var text = ApiDocument.TextOf(ApiTable.Of(console.Of<IServiceProvider>()));
        if (Environment.GetEnvironmentVariable("AIACCESS_TESTS_WRITE") == "1") await File.WriteAllTextAsync(Kept, text, TestContext.Current.CancellationToken);
        using var visitor = console.Visit();
        using var answer = await visitor.ApiAsync(HttpMethod.Get, "/api/v1/openapi.json", "key-of-grace");

        Assert.Equal(text, await File.ReadAllTextAsync(Kept, TestContext.Current.CancellationToken));
        Assert.Equal(text, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_endpoint_of_the_API_is_in_the_document_and_everything_in_it_is_served()
    {
        await using var console = await Console.StartAsync();
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Kept, TestContext.Current.CancellationToken))!;
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var served = console.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.Equal(served.Order(), described.Order());
        Assert.True(served.Count() > 15);
    }

    [Fact]
    public async Task Every_kind_of_problem_that_it_names_is_documented()
    {
        var documented = await File.ReadAllTextAsync(Repository.PathOf("docs/problems.md"), TestContext.Current.CancellationToken);
        await using var console = await Console.StartAsync();
        Assert.All(
            ApiTable.Of(console.Of<IServiceProvider>()).SelectMany(endpoint => endpoint.Problems).Select(problem => problem.Kind).Distinct(),
            kind => Assert.Contains($"`{kind}`", documented, StringComparison.Ordinal));
    }
}
