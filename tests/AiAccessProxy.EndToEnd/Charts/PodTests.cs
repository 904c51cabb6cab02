using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>What the chart gives a pod starts the program.</summary>
public class PodTests
{
    [Fact]
    public async Task The_variables_and_policies_of_the_embedded_profile_start_the_program_and_its_probes_answer()
    {
        using var scratch = new Scratch();
        var documents = await Chart.DocumentsAsync("values-embedded.yaml");
        var container = Of(documents, "StatefulSet")["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single()!;
        Assert.Equal(["serve"], container["args"]!.AsArray().Select(argument => argument!.GetValue<string>()));
        var policies = scratch.Folder("policies");
        var token = scratch.File("token", "upstream-secret");
        foreach (var (name, text) in Of(documents, "ConfigMap")["data"]!.AsObject())
            await File.WriteAllTextAsync(
                Path.Combine(policies, name), text!.GetValue<string>().Replace("/secrets/payments/token", token, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var variables = container["env"]!.AsArray().ToDictionary(one => one!["name"]!.GetValue<string>(), one => (string?)one!["value"]!.GetValue<string>());
        await using var proxy = await ProxyProcess.StartAsync(policies, scratch.Folder("data"), [], variables);

        using var http = new HttpClient();
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
            Assert.True((await http.GetAsync(new Uri(proxy.Console, container[probe]!["httpGet"]!["path"]!.GetValue<string>()), TestContext.Current.CancellationToken)).IsSuccessStatusCode, probe);

        // The test pod of the chart, which has no shell either.
        var test = Of(documents, "Pod")["spec"]!["containers"]!.AsArray().Single()!;
        await using var probed = ProxyProcess.Command(
            [.. test["args"]!.AsArray().Select(argument => argument!.GetValue<string>())],
            new Dictionary<string, string?> { [test["env"]!.AsArray().Single()!["name"]!.GetValue<string>()] = proxy.Console.AbsoluteUri });
        Assert.True(await probed.ExitAsync(Eventually.Generous) == 0, probed.Errors);
    }

    [Fact]
    public async Task With_them_it_holds_calls_sends_what_is_approved_and_says_at_its_start_what_is_on()
    {
        using var scratch = new Scratch();
        await using var upstream = new RawUpstream();
        var container = Of(await Chart.DocumentsAsync("values-embedded.yaml"), "StatefulSet")["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single()!;
        var variables = container["env"]!.AsArray().ToDictionary(one => one!["name"]!.GetValue<string>(), one => (string?)one!["value"]!.GetValue<string>());
        var (policies, data) = (new PolicyFolder(scratch.Folder("policies")).Route("api", upstream.Address, Rules.WritesWait), scratch.Folder("data"));
        await using var proxy = await ProxyProcess.StartAsync(policies.Path, data, [], variables);
        using var bot = new Agent(proxy.Agents, policies.Bot);
        using var grace = new Reviewer(proxy.Console, "grace", policies.KeyOf("grace"));

        var held = bot.DeleteAsync("/api/things/1");
        Assert.Equal(200, (await grace.ApproveAsync(await grace.OnlyPendingAsync(held))).Status);
        Assert.Equal(200, (await held).Status);

        foreach (var said in new[] { $"Started: ledger: in the folder {data}, this process alone, durability standard", "Started: policy: ", $"Started: agent plane: {proxy.Agents.GetLeftPart(UriPartial.Authority)}, no TLS", "Started: control plane: ", "Started: channels: console and API; nobody is told", "Started: telemetry: ", "Started: stop: " })
            Assert.Contains(said, proxy.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Started, but: ", proxy.Log, StringComparison.Ordinal);
    }

    private static JsonNode Of(IReadOnlyList<JsonNode> documents, string kind) => documents.Single(one => one["kind"]!.GetValue<string>() == kind);
}
