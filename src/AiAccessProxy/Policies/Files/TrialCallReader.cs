using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads a described call: <c>request</c> of a test, or the file of a call to explain. Nothing in it is a reference, so that no secret gets
/// into what is printed of it.
/// </summary>
internal sealed class TrialCallReader(PolicySource source)
{
    private static readonly string[] Known =
        ["agent", "on_behalf_of", "method", "path", "query", "headers", "body", "form", "raw_body", "host", "time"];

    private static readonly string[] Bodies = ["body", "form", "raw_body"];

    /// <param name="route">The route whose file this stands in; null for a call by itself, which may name one.</param>
    public TrialCall? Read(YamlNode node, string field, string? route)
    {
        if (Section.Of(source, node, field, route is null ? [.. Known, "route"] : Known) is not { } section) return null;
        var agent = Required(section, "agent", "name the agent that calls, by its id");
        var method = Required(section, "method", "write the method, as in POST");
        var path = Required(section, "path", "write the path as it is sent, after the route's prefix: /v1/charges");
        var query = Pairs(section, "query");
        if (path?.Text.Contains('?', StringComparison.Ordinal) == true && section.Has("query"))
            section.Report("query", "the path has a query already", "write the query in one place");
        if (Bodies.Count(section.Has) > 1)
            section.Report(Bodies.Last(section.Has), "there is a body already", $"write one of {string.Join(", ", Bodies)}");

        var (body, type) = Body(section);
        if (agent is null || method is null || path is null) return null;
        return new()
        {
            Agent = agent.Value.Text,
            OnBehalfOf = Person(section),
            Method = method.Value.Text,
            Path = query.Count == 0 ? path.Value.Text : $"{path.Value.Text}?{Trials.Pairs.Encoded(query)}",
            Route = route ?? (section.Has("route") ? section.Id("route") : null),
            Host = Text(section, "host")?.Text,
            Headers = [.. Pairs(section, "headers").Select(pair => new HeaderField(pair.Name, pair.Value))],
            Body = body,
            ContentType = type,
            Time = Moment.Read(section, "time"),
        };
    }

    private (ReadOnlyMemory<byte>? Body, string? Type) Body(Section section)
    {
        if (section.Find("body") is { } body) return (YamlJson.Write(source, body, section.Of("body")), "application/json");
        if (section.Has("form")) return (Encoding.UTF8.GetBytes(Trials.Pairs.Encoded(Pairs(section, "form"))), "application/x-www-form-urlencoded");
        if (section.Find("raw_body") is YamlNode.Scalar { IsPlain: false, Text: "" }) return (ReadOnlyMemory<byte>.Empty, null);
        return Text(section, "raw_body") is { } raw ? (Encoding.UTF8.GetBytes(raw.Text), null) : (null, null);
    }

    private string? Person(Section section)
    {
        if (Text(section, "on_behalf_of") is not { } written) return null;
        if (written.Text.Split(':', 2) is ["person", var id] && Names.IsId(id)) return id;
        source.Report(written, $"{written.Told} names no person", "write person: and an id of people.yaml, as in person:ada");
        return null;
    }

    /// <summary>Names with one value each, or a list of values.</summary>
    private List<(string Name, string Value)> Pairs(Section section, string key)
    {
        var pairs = new List<(string, string)>();
        if (section.Find(key) is not { } node || Section.Open(source, node, section.Of(key)) is not { } inner) return pairs;
        foreach (var name in inner.Keys)
        {
            var values = inner.Find(name) is YamlNode.Sequence ? inner.Items(name) : [(inner.Find(name)!, inner.Of(name))];
            foreach (var (value, field) in values)
            {
                // An empty text is a value here: `flag: ""`.
                if (value is YamlNode.Scalar { IsPlain: false, Text: "" }) pairs.Add((name, ""));
                else if (source.AsWritten(value, field) is { } written) pairs.Add((name, written.Text));
            }
        }

        return pairs;
    }

    private Written? Required(Section section, string key, string remedy)
    {
        if (!section.Has(key)) section.Missing(key, remedy);
        return Text(section, key);
    }

    private Written? Text(Section section, string key) => section.Find(key) is { } node ? source.AsWritten(node, section.Of(key)) : null;
}
