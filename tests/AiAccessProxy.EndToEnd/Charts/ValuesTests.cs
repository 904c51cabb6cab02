using System.Text.Json.Nodes;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>Values that somebody might write: what the schema refuses, and what the chart refuses that a schema cannot see.</summary>
public class ValuesTests
{
    /// <summary>Their members are the user's own names, or Kubernetes' to know.</summary>
    private static readonly string[] Free =
    [
        "annotations", "labels", "podLabels", "podAnnotations", "nodeSelector", "resourceAttributes", "settings", "files", "requests", "limits", "env", "envFrom",
        "tolerations", "affinity", "extraVolumes", "extraVolumeMounts", "volume", "rules", "podSelector", "namespaceSelector", "global",
    ];

    public static TheoryData<string, string> Nasty => new()
    {
        { "profile", "\"Redis\"" }, { "profile", "null" }, { "replicas", "0" }, { "replicas", "\"3\"" }, { "replicas", "2.5" },
        { "image.tag", "\"a b\"" }, { "image.tag", "\"latest\\n      command: [sh]\"" }, { "image.digest", "\"sha256:12\"" }, { "image.repository", "\"x\\\" evil\"" }, { "image.repository", "\"\"" },
        { "image.pullPolicy", "\"always\"" }, { "nameOverride", "\"Ä\"" }, { "fullnameOverride", "\"-x\"" }, { "fullnameOverride", $"\"{new string('x', 64)}\"" },
        { "agents.publicUrl", "\"ai-access.example.com\"" }, { "agents.publicUrl", "\"https://x.example/path\"" }, { "control.publicUrl", "\"https://u:p@x.example\"" }, { "control.publicUrl", "\"https://x.example\\n- name: EVIL\"" },
        { "agents.service.port", "0" }, { "agents.service.port", "65536" }, { "agents.service.type", "\"ExternalName\"" }, { "control.service.sessionAffinity", "\"cookie\"" },
        { "agents.ingress.host", "\"*.example.com\"" }, { "agents.ingress.host", "\"x y\"" }, { "agents.ingress.annotations", "{\"a\": 5}" }, { "agents.ingress", "{\"enabled\": true, \"host\": \"\"}" },
        { "agents.tls.existingSecret", "\"Upper\"" }, { "agents.tls", "{\"cert\": \"-----BEGIN\"}" }, { "control.oidc.clientSecret", "\"hunter2\"" }, { "control.oidc.issuer", "\"login.example.com\"" },
        { "redis.password", "\"hunter2\"" }, { "redis.configuration", "\"redis:6379,password=hunter2\"" }, { "redis.prefix", "\"a b\"" }, { "redis.prefix", "\"a:b\"" },
        { "policies.source", "\"configmap\"" }, { "policies.files", "{\"../x.yaml\": \"a\"}" }, { "policies.files", "{\"x.json\": \"a\"}" }, { "policies.files", "{\"x.yaml\": {}}" }, { "policies.files", "{\"x.yaml\": \"\"}" },
        { "policies.git.repository", "\"--upload-pack=evil\"" }, { "policies.git.repository", "\"file:///etc\"" }, { "policies.git.repository", "\"http://plain.example/x\"" }, { "policies.git.ref", "\"--x\"" }, { "policies.git.folder", "\"../../etc\"" }, { "policies.git.folder", "\"/etc\"" }, { "policies.git.period", "\"often\"" }, { "policies.git.credential", "\"token\"" },
        { "persistence.size", "\"20\"" }, { "persistence.size", "20" }, { "persistence.size", "\"0Gi\"" },
        { "settings", "{\"gate:url\": \"http://0.0.0.0:1\"}" }, { "settings", "{\"control:local\": \"grace\"}" }, { "settings", "{\"control:oidc:clientSecret\": \"x\"}" }, { "settings", "{\"ledger:folder\": \"/tmp\"}" }, { "settings", "{\"GATE__HOLD\": \"1m\"}" }, { "settings", "{\"gate\": {\"hold\": \"1m\"}}" }, { "settings", "{\"gate:maxHold\": \"ten minutes\"}" }, { "settings", "{\"a b:c\": \"x\"}" },
        { "settings", "{\"teams:microsoftAppPassword\": \"x\"}" }, { "settings", "{\"teams:playground\": true}" }, { "settings", "{\"telemetry:metricsToken\": \"x\"}" }, { "settings", "{\"ledger:redis:password\": \"x\"}" },
        { "channels.teams.appType", "\"any\"" }, { "channels.teams.password", "\"hunter2\"" }, { "channels.teams.tenants", "[\"a,b\"]" }, { "monitoring.metrics", "{\"token\": \"x\"}" },
        { "env", "[{\"value\": \"x\"}]" }, { "env", "[{\"name\": \"A=B\"}]" }, { "secretFiles", "[\"../x\"]" }, { "secretFiles", "[\"a\", \"a\"]" },
        { "autoscaling.cpu", "101" }, { "autoscaling.requests.metric", "\"ai_access_approvals_pending\"" }, { "autoscaling.requests.metric", "\"ai_access_held_calls\"" }, { "autoscaling.maxReplicas", "0" },
        { "podDisruptionBudget.maxUnavailable", "0" }, { "podDisruptionBudget.maxUnavailable", "\"100%\"" },
        { "networkPolicy.control", "[{}]" }, { "networkPolicy.control", "[{\"namespaceSelector\": {}}]" }, { "networkPolicy.control", "[{\"podSelector\": {}}]" }, { "networkPolicy.control", "[{\"namespaceSelector\": {}, \"podSelector\": {}}]" }, { "networkPolicy.control", "[{\"ipBlock\": {\"cidr\": \"0.0.0.0/0\"}}]" }, { "networkPolicy.metrics", "[{\"ipBlock\": {\"cidr\": \"::/0\"}}]" }, { "networkPolicy.agents", "[{}]" }, { "networkPolicy.enabled", "\"yes\"" },
        { "terminationGracePeriodSeconds", "-1" }, { "terminationGracePeriodSeconds", "\"10m\"" }, { "drainSeconds", "1e9" }, { "probes.livenessSeconds", "0" },
        { "telemetry.otlpProtocol", "\"http/json\"" }, { "telemetry.otlpEndpoint", "\"collector:4317\"" }, { "telemetry.resourceAttributes", "{\"a\": \"b,c=d\"}" }, { "telemetry.headers", "{\"authorization\": \"x\"}" },
        { "monitoring.prometheusRule.runbooks", "\"docs\"" }, { "monitoring.dashboards.labels", "{\"a\": true}" }, { "serviceAccount.create", "1" }, { "podLabels", "[]" },
    };

    [Fact]
    public async Task Those_that_are_shown_are_accepted_and_refused_with_any_one_name_misspelt()
    {
        var shown = new List<JsonObject> { await Chart.ValuesAsync(null) };
        foreach (var file in Chart.ValueFiles) shown.Add(await Chart.ValuesAsync(file));
        var misspelt = shown.SelectMany(Misspelt).Distinct().ToList();

        var lines = await Chart.HoldAgainstSchemaAsync([.. shown.Select(one => one.ToJsonString()), .. misspelt]);

        Assert.All(lines[..shown.Count], line => Assert.Equal("accepted", line));
        Assert.All(lines[shown.Count..].Zip(misspelt), one => Assert.True(one.First.StartsWith("refused ", StringComparison.Ordinal), one.Second));
        Assert.True(misspelt.Count > 300, $"{misspelt.Count} misspelt");
    }

    [Fact]
    public async Task Nasty_ones_are_refused_by_the_schema()
    {
        var values = new List<string>();
        foreach (var (path, value) in Nasty.Select(row => row.Data)) values.Add(With(await DefaultsAsync(), path.Split('.'), JsonNode.Parse(value)).ToJsonString());

        var lines = await Chart.HoldAgainstSchemaAsync(values);

        Assert.Empty(Nasty.Select(row => row.Data).Zip(lines).Where(one => !one.Second.StartsWith("refused ", StringComparison.Ordinal)).Select(one => $"{one.First}"));
    }

    [Theory]
    [InlineData("values-redis.yaml", "redis.existingSecret=", "redis.existingSecret: the profile redis needs")]
    [InlineData("values-redis.yaml", "profile=embedded", "autoscaling.enabled: one pod")]
    [InlineData("values-redis.yaml", "autoscaling.maxReplicas=1", "autoscaling.maxReplicas: is below")]
    [InlineData("values-redis.yaml", "autoscaling.cpu=0", "autoscaling: name a target")]
    [InlineData("values-redis.yaml", "policies.git.repository=", "policies.git.repository: name the repository")]
    [InlineData("values-redis.yaml", "policies.source=configMap", "policies: name a ConfigMap")]
    [InlineData("values-redis.yaml", "policies.source=volume", "policies.volume: name the volume")]
    [InlineData("values-redis.yaml", "control.publicUrl=", "control.publicUrl: an Ingress leads")]
    [InlineData("values-redis.yaml", "control.ingress.host=other.example.com", "control.ingress.host: other.example.com is not the host")]
    [InlineData("values-redis.yaml", "control.oidc.clientId=|control.oidc.audience=", "control.oidc: an issuer alone")]
    [InlineData("values-redis.yaml", "terminationGracePeriodSeconds=600", "terminationGracePeriodSeconds: 600 is not longer")]
    [InlineData("values-everything.yaml", "terminationGracePeriodSeconds=1800", "is not longer than the longest hold, 1800 s")]
    [InlineData("values-everything.yaml", "channels.ingress.teams=false|channels.ingress.slack=false", "channels.ingress: leads nowhere")]
    [InlineData("values-redis.yaml", "monitoring.metrics.existingSecret=", "monitoring.metrics.existingSecret: who scrapes")]
    [InlineData("values-everything.yaml", "channels.teams.existingSecret=both", "channels.teams: existingSecret and certificateSecret")]
    [InlineData("values-embedded.yaml", "policies.configMap=mine", "policies.files: would go into")]
    public async Task Those_that_make_no_sense_together_are_refused_with_what_would(string file, string sets, string said) => Assert.Contains(
        said, await Chart.RefusalAsync(file, [.. sets.Split('|').Select(set => set.EndsWith('=') ? set + "\"\"" : set)]), StringComparison.Ordinal);

    [Fact]
    public async Task Every_value_says_what_it_is_for()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Chart.Folder, "values.yaml"), TestContext.Current.CancellationToken);
        var silent = lines.Index().Where(line => line.Item.Contains(": ", StringComparison.Ordinal) && !line.Item.TrimStart().StartsWith('#'))
            .Where(line => !lines[line.Index - 1].TrimStart().StartsWith('#') && !lines[line.Index - 1].EndsWith(':') && !IsOfResources(line.Item));

        Assert.Empty(silent.Select(line => $"values.yaml:{line.Index + 1} {line.Item}"));
    }

    private static bool IsOfResources(string line) => line.TrimStart().StartsWith("requests:", StringComparison.Ordinal) || line.TrimStart().StartsWith("limits:", StringComparison.Ordinal);

    private static async Task<JsonObject> DefaultsAsync() => (JsonObject)(await Defaults).DeepClone();

    private static Task<JsonObject> Defaults { get; } = Chart.ValuesAsync("values-embedded.yaml");

    private static JsonObject With(JsonObject values, string[] path, JsonNode? value)
    {
        JsonNode at = values;
        foreach (var name in path[..^1]) at = at[name]!;
        at[path[^1]] = value;
        return values;
    }

    /// <summary>The values once for each of their names, which is spelt otherwise in them.</summary>
    private static IEnumerable<string> Misspelt(JsonObject values)
    {
        for (var at = 0; ; at++)
        {
            var (copy, left) = (values.DeepClone(), at);
            if (!Misspell(copy, ref left)) yield break;
            yield return copy.ToJsonString();
        }
    }

    private static bool Misspell(JsonNode? node, ref int left)
    {
        if (node is JsonArray list)
            foreach (var item in list)
                if (Misspell(item, ref left)) return true;
        if (node is not JsonObject members) return false;
        foreach (var (key, value) in members.ToList())
        {
            if (left-- == 0)
            {
                members.Remove(key);
                members[key + "z"] = value;
                return true;
            }

            if ((!Free.Contains(key) || value is JsonObject { Count: > 0 } inner && inner.ContainsKey("perPod")) && Misspell(value, ref left)) return true;
        }

        return false;
    }
}
