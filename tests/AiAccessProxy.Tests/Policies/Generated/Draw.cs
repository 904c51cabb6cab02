namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>
/// Draws policies and calls from a small vocabulary, so that rules meet calls often, values are often of another type than meant, and what
/// is spelt differently is often the same.
/// </summary>
internal sealed class Draw(Random random)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE"];
    private static readonly string[] Naming = ["/{x}", "/a/{x}", "/{x}/b", "/**/{x}", "/{x}/**", "/a/{x}/c"];
    private static readonly string[] Plain = ["/", "/a", "/a/", "/a/b", "/**", "/a/**", "/*/b", "/**/c", "/*", "/a/**/c"];
    private static readonly string[] Fields = ["body.v", "body.o.v", "body.items.*.v", "query.v", "query.w", "header.h", "form.f", "form.f"];
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"];
    private static readonly string[] Parts = ["a", "\"5\"", "b", "an", "\"bot\"", "\"${on_behalf_of.id}\""];
    private static readonly string[] Patterns = ["\"a|b\"", "\".*5.*\"", "\"[a-z]+\"", "\"(?:a|.b)?.\"", "\"j.*n\""];
    private static readonly string[] Texts =
        ["a", "\"5\"", "\"true\"", "b", "\"\"", "joan", "\"${on_behalf_of.id}\"", "\"${agent.id}\"", "\"${agent.owner}\"", "\"b-${on_behalf_of.id}\""];
    private static readonly string[] Numbers = ["5", "5.0", "50e-1", "10", "-3", "1e3"];
    private static readonly string[] Others = ["true", "false", "null"];
    private static readonly string[] Written = ["5", "a", "5.00", "true", "b", "10", "", "05", "1000", "x", "joan", "billing-bot", "b-joan", "{\"v\":5}", "{\"v\":[\"a\",10]}", "[{\"v\":\"a\"},{\"v\":5}]", "{\"v\":5,\"V\":5}", "[{}]"];
    private static readonly string[] Json =
    [
        "5", "5.0", "0.5e1", "10", "-3", "1000", "4.9999999999999", "\"5\"", "\"a\"", "\"b\"", "\"\"", "true", "false", "null", "{}", "[]",
        "\"joan\"", "\"ada\"", "\"{\\\"v\\\":\\\"a\\\"}\"", "\"[{\\\"v\\\":5},{\\\"v\\\":\\\"b\\\"}]\"", "\"{}\"", "\"null\"", "\"{\\\"v\\\":1,\\\"v\\\":1}\"",
        "[5]", "[5,\"a\"]", "[1,10]", "[null]", "[[5]]",
    ];

    public DrawnPolicy Policy() => new(
        One("deny", "allow", "require_approval"), Maybe(2), [.. Enumerable.Range(0, random.Next(1, 6)).Select(at => Rule($"r{at}"))])
    {
        More = Maybe(3) ? (random.Next(1, 100), One("teams:a", "teams:b")) : null,
    };

    public DrawnRule Rule(string id, string? effect = null)
    {
        var paths = Maybe(2) ? Some(Naming, 2) : Some(Plain, 3);
        var fields = paths.Count > 0 && paths.All(Naming.Contains) ? [.. Fields, "path.x"] : Fields;
        var isDrawn = effect is null;
        var isAsking = (effect ??= One("allow", "allow", "deny", "require_approval")) == "require_approval";
        return new(id, effect, Block(fields, paths, 2))
        {
            Risk = Maybe(4) ? null : One("low", "medium", "high", "critical"),
            Action = Maybe(2) ? One("thing.move", $"thing.{{{One([.. fields])}}}", $"{{{One([.. fields])}}}.x", $"a{{{One([.. fields])}}}.{{{One([.. fields])}}}") : null,
            Controls = Maybe(3) ? Some(["C1", "C2", "C3"], 2) : [],
            Notify = isAsking && Maybe(3) ? Some(["teams:a", "teams:b", "slack:c"], 2) : [],
            Rate = effect != "deny" && Maybe(4) ? random.Next(1, 100) : null,
            Credential = Maybe(4) ? One("c1", "c2") : null,
            Redact = Maybe(2) ? Some(fields, 2) : [],
            Require = isAsking ? Some(["reason", "change", "commit"], 2) : [],
            Show = isAsking ? Some(fields, 3) : [],
            From = One("group:finance", "group:security", "person:joan"),
            Minutes = random.Next(1, 60),
            IsObserved = isDrawn && effect != "deny" && Maybe(8),
        };
    }

    public DrawnCall Call()
    {
        var path = One("/", "/a", "/a/", "/a/b", "/a/b/", "/a/5/c", "/b", "/5", "/5/b", "/a/c", "/b/b/c/");
        var query = Some(["v", "v", "w", "V"], 2).Select(name => (name, One(Written))).ToList();
        var headers = Some(["h", "H", "i"], 2).Select(name => (name, One(Written))).ToList();
        var isBilling = Maybe(2);
        var call = new DrawnCall(One(Methods), path, query, headers, null, true)
        {
            Agent = isBilling ? "billing-bot" : "other-bot",
            Groups = isBilling ? ["g1"] : ["g1", "g2"],
            OnBehalfOf = Maybe(3) ? null : One("joan", "ada", "grace"),
            At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(366 * 24 * 60)),
        };
        return random.Next(12) switch
        {
            10 when Maybe(4) => Form(call, null),
            >= 10 => Form(call, Some(["f", "f", "f", "F", "f[]", "f[a]", "g"], 2).Select(name => (name, One([.. Written, "%35", "a b"]))).ToList()),
            0 => call,
            1 => call with { Body = One("{", "{\"v\":5,\"v\":5}", "{\"v\":5,\"V\":5}", "{\"v\":05}", "{\"v\":NaN}"), IsReadable = false },
            2 => call with { IsStreamed = true, IsReadable = false },
            3 => call with { Body = One(Json) },
            4 => call with { Body = "" },
            _ => call with { Body = Object() },
        };
    }

    /// <param name="fields">Null for a form that nobody can read.</param>
    private DrawnCall Form(DrawnCall call, IReadOnlyList<(string Name, string Value)>? fields) => call with
    {
        Headers = [.. call.Headers, ("Content-Type", "application/x-www-form-urlencoded")],
        Form = fields,
        Body = fields is null ? One("f=%zz", "f=%41", "f=a;b", "f=%FF") : string.Join('&', fields.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}")),
        IsReadable = fields is not null,
    };

    private string Object()
    {
        List<string> members = [];
        if (Maybe(2)) members.Add($"\"{One("v", "v", "v", "V")}\":{One(Json)}");
        if (Maybe(3)) members.Add($"\"o\":{(Maybe(4) ? One(Json) : $"{{\"v\":{One(Json)}}}")}");
        if (Maybe(3)) members.Add($"\"items\":{(Maybe(4) ? One(Json) : $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Item()))}]")}");
        return $"{{{string.Join(',', members)}}}";
    }

    private string Item() => random.Next(8) switch
    {
        0 => "{}",
        1 => One(Json),
        _ => $"{{\"v\":{One(Json)}}}",
    };

    private DrawnBlock Block(IReadOnlyList<string> fields, IReadOnlyList<string> paths, int depth)
    {
        var block = new DrawnBlock(
            Maybe(2) ? Some(Methods, 3) : [],
            paths,
            Maybe(3) ? [] : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Where(One([.. fields])))],
            Groups(fields, depth),
            Groups(fields, depth))
        {
            Not = depth > 0 && Maybe(4) ? Block(fields, Maybe(3) ? Some(Plain, 2) : [], depth - 1) : null,
            Except = depth > 0 && Maybe(6) ? Block(fields, Maybe(3) ? Some(Plain, 2) : [], depth - 1) : null,
            Agents = Maybe(8) ? Some(["billing-bot", "other-bot"], 2) : [],
            AgentGroups = Maybe(8) ? Some(["g1", "g2"], 1) : [],
            OnBehalfOf = Maybe(8) ? Some(["person:joan", "person:ada", "group:finance", "group:security", "anyone"], 2) : [],
            Environments = Maybe(10) ? Some(["production", "test"], 2) : [],
            Time = Maybe(8) ? new(Some(Days, 7), random.Next(24) * 60, random.Next(1, 1439), One(Zones)) : null,
        };
        return block.Yaml == "{  }" ? block with { Paths = ["/**"] } : block;
    }

    private List<DrawnBlock> Groups(IReadOnlyList<string> fields, int depth) => depth == 0 || !Maybe(4)
        ? []
        : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Block(fields, Maybe(3) ? Some(Plain, 2) : [], depth - 1))];

    private DrawnWhere Where(string field)
    {
        var json = Maybe(5) ? One("v", "*.v", "o.v", "*") : null;
        if (Maybe(5)) return new(field, "exists", [One("true", "false")]) { Json = json };
        var name = One("equals", "in", "gt", "lte", "gte", "lt", "contains", "starts_with", "ends_with", "matches");
        var isTyped = json is not null || field.StartsWith("body", StringComparison.Ordinal);
        var operands = name switch
        {
            "in" => Some(Maybe(2) ? Texts : Numbers, 3),
            "equals" => [One([.. Texts, .. Numbers, .. isTyped ? Others : ["true"]])],
            "contains" or "starts_with" or "ends_with" => [One(Parts)],
            "matches" => [One(Patterns)],
            _ => [One(Numbers)],
        };
        return field.Contains('*') || json?.Contains('*') == true || Maybe(4)
            ? new(field, One("any", "all"), operands) { Inner = name, Json = json }
            : new(field, name, operands) { Json = json };
    }

    private bool Maybe(int of) => random.Next(of) == 0;

    private string One(params string[] of) => of[random.Next(of.Length)];

    private List<string> Some(string[] of, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => One(of)).Distinct()];
}
