using System.Text.Json.Nodes;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>Clicks that come with a good token and are none of Teams, or of nobody who may be here.</summary>
internal static class HostileActivities
{
    private static readonly string[] Services =
    [
        "http://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net.evil.example/emea/", "https://evil.example/smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/", "https://smba.trafficmanager.net:444/emea/", "https://x@smba.trafficmanager.net/emea/",
        "https://evil-smba.trafficmanager.net/", "https://127.0.0.1/", "http://127.0.0.1:8081/", "http://localhost:8081/_connector", "https://169.254.169.254/metadata/",
        "file:///etc/passwd", "smba.trafficmanager.net", "https://smba.trafficmanager.net/emea/?x=https://smba.trafficmanager.net", "https://smba.trafficmanager.net/#x",
        "https://smba.infra.gov.teams.microsoft.us/", "https://ſmba.trafficmanager.net/", "//smba.trafficmanager.net/", "https://smba.trafficmanager.net\\@evil.example/", "",
    ];

    /// <summary>Each with the service that its token was issued for.</summary>
    public static IReadOnlyDictionary<string, (Func<string> Body, string Service)> All { get; } = Changed()
        .Select(one => (one.Name, Body: (Func<string>)(() => Of(one.Change)), Service: TeamsGround.Service))
        .Concat(Services.Select(service => ($"serviceUrl {service}", (Func<string>)(() => Of(activity => activity["serviceUrl"] = service)), service)))
        .Concat(Texts().Select(one => (one.Name, one.Body, TeamsGround.Service)))
        .ToDictionary(one => one.Item1, one => (one.Item2, one.Item3));

    private static IEnumerable<(string Name, Action<JsonObject> Change)> Changed()
    {
        foreach (var channel in new[] { "", " ", "emulator", "webchat", "directline", "MSTEAMS", "msteams ", "msteams\0", "skype", "playground" })
            yield return ($"channelId '{channel.Replace("\0", "\\0", StringComparison.Ordinal)}'", activity => activity["channelId"] = channel);
        yield return ("no channelId", activity => activity.Remove("channelId"));
        yield return ("channelId null", activity => activity["channelId"] = null);
        yield return ("channelId in a list", activity => activity["channelId"] = new JsonArray("msteams"));
        yield return ("no serviceUrl", activity => activity.Remove("serviceUrl"));
        yield return ("a serviceUrl that its token was not issued for", activity => activity["serviceUrl"] = "https://smba.trafficmanager.net/amer/");
        yield return ("a serviceUrl without its slash", activity => activity["serviceUrl"] = TeamsGround.Service.TrimEnd('/'));
        yield return ("a serviceUrl in capitals", activity => activity["serviceUrl"] = TeamsGround.Service.ToUpperInvariant());
        foreach (var tenant in new[] { "", "abcdefab-0000-4000-8000-00000000000f", "00000000-0000-0000-0000-000000000000", "common", "*", $"{TeamsGround.Tenant} ", $"{{{TeamsGround.Tenant}}}" })
            yield return ($"tenant '{tenant}'", activity => (activity["channelData"]!["tenant"]!["id"], activity["conversation"]!["tenantId"]) = (tenant, tenant));
        yield return ("no tenant", activity => activity.Remove("channelData"));
        yield return ("the tenant of the conversation alone", activity => activity["channelData"] = new JsonObject());
        yield return ("another tenant of the conversation", activity => activity["conversation"]!["tenantId"] = "abcdefab-0000-4000-8000-00000000000f");
        yield return ("a guest of another tenant", activity => activity["from"]!["tenantId"] = "abcdefab-0000-4000-8000-00000000000f");
        yield return ("tenant in a list", activity => activity["channelData"]!["tenant"]!["id"] = new JsonArray(TeamsGround.Tenant));
        foreach (var person in new[] { "", " ", "grace", "00000000-0000-0000-0000-000000000000", $"{{{TeamsGround.Grace}}}", TeamsGround.Grace[1..], TeamsGround.Grace.Replace("-", "", StringComparison.Ordinal), $"{TeamsGround.Grace}\n" })
            yield return ($"aadObjectId '{person.Replace("\n", "\\n", StringComparison.Ordinal)}'", activity => activity["from"]!["aadObjectId"] = person);
        yield return ("no aadObjectId", activity => activity["from"]!.AsObject().Remove("aadObjectId"));
        yield return ("aadObjectId in a list", activity => activity["from"]!["aadObjectId"] = new JsonArray(TeamsGround.Grace));
        yield return ("aadObjectId beside from", activity => (activity["aadObjectId"], activity["from"]) = (TeamsGround.Grace, new JsonObject { ["id"] = "29:grace" }));
        yield return ("no from", activity => activity.Remove("from"));
        yield return ("from as a list", activity => activity["from"] = new JsonArray(activity["from"]!.DeepClone()));
        yield return ("no type", activity => activity.Remove("type"));
        yield return ("no id", activity => activity.Remove("id"));
        yield return ("an id that leads elsewhere", activity => activity["id"] = "..");
        yield return ("an endless id", activity => activity["id"] = new string('x', 2000));
        yield return ("no conversation", activity => activity.Remove("conversation"));
        yield return ("a conversation that leads elsewhere", activity => activity["conversation"]!["id"] = "..");
        yield return ("a conversation of no kind", activity => activity["conversation"]!.AsObject().Remove("conversationType"));
        yield return ("a conversation of another kind", activity => activity["conversation"]!["conversationType"] = "Personal");
        yield return ("no card", activity => activity.Remove("replyToId"));
        yield return ("a card that leads elsewhere", activity => activity["replyToId"] = "..");
        yield return ("no value", activity => activity.Remove("value"));
        yield return ("no action", activity => activity["value"]!.AsObject().Remove("action"));
        yield return ("another action", activity => activity["value"]!["action"]!["type"] = "Action.Submit");
        yield return ("no verb", activity => activity["value"]!["action"]!.AsObject().Remove("verb"));
        yield return ("an endless verb", activity => activity["value"]!["action"]!["verb"] = new string('v', 65));
    }

    private static IEnumerable<(string Name, Func<string> Body)> Texts()
    {
        yield return ("nothing", () => "");
        yield return ("a list", () => $"[{Of(_ => { })}]");
        yield return ("two activities", () => Of(_ => { }) + Of(_ => { }));
        yield return ("half of one", () => Of(_ => { })[..^10]);
        yield return ("a comment", () => "/**/" + Of(_ => { }));
        yield return ("a comma too many", () => Of(_ => { })[..^1] + ",}");
        yield return ("a byte order mark", () => "\uFEFF" + Of(_ => { }));
        yield return ("half a character", () => Of(_ => { })[..^1] + ",\"x\":\"\\ud800\"}");
        foreach (var name in new[] { "type", "id", "channelId", "serviceUrl", "from", "conversation", "channelData", "value" })
        {
            yield return ($"{name} twice", () => Twice(name, name));
            yield return ($"{name} twice by an escape", () => Twice(name, $"\\u{(int)name[0]:x4}{name[1..]}"));
        }

        yield return ("too deep", () => Of(_ => { })[..^1] + $",\"deep\":{new string('[', 100)}{new string(']', 100)}}}");
        yield return ("too long", () => Of(activity => activity["pad"] = new string('x', 300_000)));
    }

    private static string Twice(string name, string again)
    {
        var activity = TeamsGround.Click();
        return $"{activity.ToJsonString()[..^1]},\"{again}\":{activity[name]!.ToJsonString()}}}";
    }

    private static string Of(Action<JsonObject> change)
    {
        var activity = TeamsGround.Click();
        change(activity);
        return activity.ToJsonString();
    }
}
