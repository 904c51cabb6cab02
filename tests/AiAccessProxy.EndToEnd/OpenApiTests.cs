using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>The API's document, as those read it who have nothing else. <c>test.sh</c> installs what they need.</summary>
public class OpenApiTests
{
    private static readonly string Tools = Path.Combine(Built.Root, "tests/OpenApi");

    [Fact]
    public async Task Redocly_finds_nothing_wrong_with_it()
    {
        await using var redocly = ChildProcess.Start(
            "node",
            [
                Path.Combine(Tools, "node_modules/@redocly/cli/bin/cli.js"), "lint", "--config", Path.Combine(Tools, "redocly.yaml"),
                Path.Combine(Built.Root, "docs/openapi.json"),
            ],
            new Dictionary<string, string?> { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" });
        var code = await redocly.ExitAsync(TimeSpan.FromMinutes(1));

        Assert.True(code == 0 && !(redocly.Output + redocly.Errors).Contains("You have ", StringComparison.Ordinal), redocly.Output + redocly.Errors);
    }

    [Fact]
    public async Task A_client_that_knows_only_the_document_passes_a_day_of_a_reviewer_and_of_an_operator()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        await using var day = ChildProcess.Start(
            "node",
            [
                Path.Combine(Tools, "day.mjs"), world.Proxy.Console.ToString(), world.Proxy.Agents.ToString(), world.Policies.KeyOf("grace").Text,
                world.Policies.KeyOf("mallory").Text, world.Policies.Bot.Text,
            ]);
        var code = await day.ExitAsync(TimeSpan.FromMinutes(3));

        Assert.True(code == 0, day.Errors);
        TestContext.Current.TestOutputHelper?.WriteLine(day.Output);
    }
}
