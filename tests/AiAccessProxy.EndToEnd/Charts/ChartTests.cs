using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>What comes out of the chart for each file of values that it shows.</summary>
public partial class ChartTests
{
    private static readonly HashSet<string> Known =
        [.. Variable().Matches(File.ReadAllText(Path.Combine(Built.Root, "docs/settings.md"))).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> ValueFiles => [.. Chart.ValueFiles];

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public async Task Kubernetes_accepts_every_document_and_each_pod_is_as_restricted_as_can_be(string file)
    {
        var documents = await Chart.DocumentsAsync(file);

        Assert.NotEmpty(documents);
        Assert.Equal(documents.Count, documents.Select(one => $"{one["kind"]} {one["metadata"]!["name"]}").Distinct().Count());
        foreach (var pod in documents.Select(SpecOfPod).OfType<JsonNode>())
        {
            Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
            Assert.Equal("RuntimeDefault", pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>());
            Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
            foreach (var container in Containers(pod))
            {
                var security = container["securityContext"]!;
                Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>());
                Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>());
                Assert.Equal("ALL", security["capabilities"]!["drop"]!.AsArray().Single()!.GetValue<string>());
                Assert.NotNull(container["resources"]!["limits"]!["memory"]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public async Task Every_volume_that_is_mounted_is_there_and_no_variable_is_set_twice(string file)
    {
        foreach (var pod in (await Chart.DocumentsAsync(file)).Select(SpecOfPod).OfType<JsonNode>())
        {
            // The claim of a StatefulSet is a volume of its pods.
            var volumes = Names(pod["volumes"]).Append("data").ToHashSet();
            foreach (var container in Containers(pod))
            {
                Assert.Superset(Names(container["volumeMounts"]).ToHashSet(), volumes);
                Assert.DoesNotContain(container["volumeMounts"]?.AsArray() ?? [], mount => mount!["subPath"] is not null);
                Assert.Distinct(Names(container["env"]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public async Task Each_variable_of_ours_is_a_setting_of_the_program(string file)
    {
        var set = (await Chart.DocumentsAsync(file)).Select(SpecOfPod).OfType<JsonNode>().SelectMany(Containers)
            .SelectMany(container => Names(container["env"])).Where(name => name.StartsWith("AIACCESS", StringComparison.Ordinal)).ToList();

        Assert.Contains("AIACCESS__POLICIES__FOLDER", set);
        Assert.Empty(set.Except(Known));
    }

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public async Task Agents_come_to_the_control_plane_neither_by_a_Service_nor_by_an_Ingress(string file)
    {
        var documents = await Chart.DocumentsAsync(file);
        foreach (var service in documents.Where(one => Kind(one) == "Service"))
        {
            var port = Assert.Single(service["spec"]!["ports"]!.AsArray())!;
            var isControl = service["metadata"]!["name"]!.GetValue<string>().EndsWith("-control", StringComparison.Ordinal);
            Assert.Equal(isControl ? "control" : "agents", port["targetPort"]!.GetValue<string>());
        }

        foreach (var ingress in documents.Where(one => Kind(one) == "Ingress"))
        {
            var name = ingress["metadata"]!["name"]!.GetValue<string>();
            var paths = ingress["spec"]!["rules"]!.AsArray().SelectMany(rule => rule!["http"]!["paths"]!.AsArray()).ToList();
            Assert.NotEmpty(paths);
            Assert.All(paths, path => Assert.EndsWith(name.EndsWith("-agents", StringComparison.Ordinal) ? "-agents" : "-control", path!["backend"]!["service"]!["name"]!.GetValue<string>(), StringComparison.Ordinal));
            if (name.EndsWith("-channels", StringComparison.Ordinal))
                Assert.Subset(new HashSet<string> { "Exact /api/messages", "Prefix /channels/slack" }, paths.Select(path => $"{path!["pathType"]} {path["path"]}").ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public async Task The_network_lets_nobody_to_the_control_plane_who_is_not_named(string file)
    {
        foreach (var policy in (await Chart.DocumentsAsync(file)).Where(one => Kind(one) == "NetworkPolicy"))
        {
            var rules = policy["spec"]!["ingress"]!.AsArray().Select(rule => (Port: rule!["ports"]!.AsArray().Single()!["port"]!.GetValue<string>(), From: rule["from"])).ToList();
            Assert.Equal(["agents", "control"], rules.Select(rule => rule.Port));
            var peers = rules[1].From!.AsArray();
            Assert.NotEmpty(peers);
            Assert.All(peers, peer => Assert.Contains(peer!.AsObject(), selector => selector.Value!.AsObject().Count > 0));
        }
    }

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public async Task A_pod_has_longer_to_end_than_the_longest_hold(string file)
    {
        var values = await Chart.ValuesAsync(file);
        var longest = values["settings"]!["gate:maxHold"]?.GetValue<string>() is "30m" ? 1800 : 600;

        var pod = (await Chart.DocumentsAsync(file)).Where(one => Kind(one) is "Deployment" or "StatefulSet").Select(SpecOfPod).Single()!;
        Assert.True(pod["terminationGracePeriodSeconds"]!.GetValue<int>() > longest);
    }

    [Fact]
    public async Task One_pod_writes_an_embedded_ledger_and_it_is_never_started_beside_another()
    {
        var documents = await Chart.DocumentsAsync("values-embedded.yaml");

        Assert.DoesNotContain(documents, one => Kind(one) is "Deployment" or "HorizontalPodAutoscaler");
        var set = documents.Single(one => Kind(one) == "StatefulSet")["spec"]!;
        Assert.Equal((1, "OrderedReady"), (set["replicas"]!.GetValue<int>(), set["podManagementPolicy"]!.GetValue<string>()));
        Assert.Equal("Retain", set["persistentVolumeClaimRetentionPolicy"]!["whenDeleted"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_document_that_is_wrong_or_holds_a_field_that_nobody_knows_is_found()
    {
        using var scratch = new Scratch();
        var rendered = await Chart.TextAsync("values-everything.yaml");
        (string Right, string Wrong, string Said)[] slips =
        [
            ("maxSurge:", "maxSurgey:", "maxSurgey is not known"), ("readOnlyRootFilesystem:", "readOnlyRootFileSystem:", "readOnlyRootFileSystem is not known"),
            ("maxReplicas: 20", "maxReplicas: \"20\"", "must be integer"), ("pathType: Exact", "pathtype: Exact", "pathType"), ("kind: NetworkPolicy", "kind: NetworkPolicies", "there is no NetworkPolicies"),
            ("interval: 30s", "intervall: 30s", "intervall is not known"),
        ];
        foreach (var (right, wrong, said) in slips)
        {
            Assert.Contains(right, rendered, StringComparison.Ordinal);
            var lines = await Chart.CheckAsync(scratch.File("slip.yaml", rendered.Replace(right, wrong, StringComparison.Ordinal)));
            Assert.Contains(lines, line => line.StartsWith("refused ", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));
        }
    }

    private static string Kind(JsonNode document) => document["kind"]!.GetValue<string>();

    private static JsonNode? SpecOfPod(JsonNode document) => Kind(document) switch
    {
        "Pod" => document["spec"],
        "Deployment" or "StatefulSet" => document["spec"]!["template"]!["spec"],
        _ => null,
    };

    private static IEnumerable<JsonNode> Containers(JsonNode pod) =>
        (pod["initContainers"]?.AsArray() ?? []).Concat(pod["containers"]!.AsArray()).Select(container => container!);

    private static IReadOnlyList<string> Names(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(one => one!["name"]!.GetValue<string>())];

    [GeneratedRegex("`(AIACCESS__[A-Z0-9_]+)`")]
    private static partial Regex Variable();
}
