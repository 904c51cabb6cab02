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
    private static readonly string[] Fields = ["body.v", "body.o.v", "body.items.*.v", "query.v", "header.h"];
    private static readonly string[] Texts = ["a", "\"5\"", "\"true\"", "b", "\"\""];
    private static readonly string[] Numbers = ["5", "5.0", "50e-1", "10", "-3", "1e3"];
    private static readonly string[] Others = ["true", "false", "null"];
    private static readonly string[] Written = ["5", "a", "5.00", "true", "b", "10", "", "05", "1000", "x"];
    private static readonly string[] Json =
    [
        "5", "5.0", "0.5e1", "10", "-3", "1000", "4.9999999999999", "\"5\"", "\"a\"", "\"b\"", "\"\"", "true", "false", "null", "{}", "[]",
        "[5]", "[5,\"a\"]", "[1,10]", "[null]", "[[5]]",
    ];

    public DrawnPolicy Policy() => new(
        One("deny", "allow", "require_approval"), Maybe(2), [.. Enumerable.Range(0, random.Next(1, 6)).Select(at => Rule($"r{at}"))]);

    public DrawnRule Rule(string id, string? effect = null)
    {
        var paths = Maybe(2) ? Some(Naming, 2) : Some(Plain, 3);
        var fields = paths.Count > 0 && paths.All(Naming.Contains) ? [.. Fields, "path.x"] : Fields;
        var isAsking = (effect ??= One("allow", "allow", "deny", "require_approval")) == "require_approval";
        return new(id, effect, Block(fields, paths, 2))
        {
            Risk = One("low", "medium", "high", "critical"),
            Credential = Maybe(4) ? One("c1", "c2") : null,
            Redact = Maybe(2) ? Some(fields, 2) : [],
            Require = isAsking ? Some(["reason", "change", "commit"], 2) : [],
            Show = isAsking ? Some(fields, 3) : [],
            From = One("group:finance", "group:security", "person:joan"),
            Minutes = random.Next(1, 60),
        };
    }

    public DrawnCall Call()
    {
        var path = One("/", "/a", "/a/", "/a/b", "/a/b/", "/a/5/c", "/b", "/5", "/5/b", "/a/c", "/b/b/c/");
        var query = Some(["v", "v", "w", "V"], 2).Select(name => (name, One(Written))).ToList();
        var headers = Some(["h", "H", "i"], 2).Select(name => (name, One(Written))).ToList();
        var call = new DrawnCall(One(Methods), path, query, headers, null, true);
        return random.Next(10) switch
        {
            0 => call,
            1 => call with { Body = One("{", "{\"v\":5,\"v\":5}", "{\"v\":5,\"V\":5}", "{\"v\":05}", "{\"v\":NaN}"), IsReadable = false },
            2 => call with { IsStreamed = true, IsReadable = false },
            3 => call with { Body = One(Json) },
            4 => call with { Body = "" },
            _ => call with { Body = Object() },
        };
    }

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
        };
        return block.Yaml == "{  }" ? block with { Paths = ["/**"] } : block;
    }

    private List<DrawnBlock> Groups(IReadOnlyList<string> fields, int depth) => depth == 0 || !Maybe(4)
        ? []
        : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Block(fields, Maybe(3) ? Some(Plain, 2) : [], depth - 1))];

    private DrawnWhere Where(string field)
    {
        if (Maybe(5)) return new(field, "exists", [One("true", "false")]);
        var name = One("equals", "in", "gt", "lte");
        var operands = name switch
        {
            "in" => Some(Maybe(2) ? Texts : Numbers, 3),
            "equals" => [One([.. Texts, .. Numbers, .. field.StartsWith("body", StringComparison.Ordinal) ? Others : ["true"]])],
            _ => [One(Numbers)],
        };
        return field.Contains('*') || Maybe(4) ? new(field, One("any", "all"), operands) { Inner = name } : new(field, name, operands);
    }

    private bool Maybe(int of) => random.Next(of) == 0;

    private string One(params string[] of) => of[random.Next(of.Length)];

    private List<string> Some(string[] of, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => One(of)).Distinct()];
}
