using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads <c>global.yaml</c>: rules that hold on every route, also on those that are yet to come, so they may only deny or require approval.
/// They are read for each route by itself, since it depends on the route what they can see.
/// </summary>
internal sealed class GlobalFile
{
    private static readonly Dictionary<string, UpstreamCredential> None = [];

    private readonly PolicySource _source;
    private readonly Section? _root;

    public GlobalFile(PolicySource source, YamlNode.Mapping file)
    {
        _source = source;
        _root = Section.Of(source, file, "", "version", "approval", "rules", "rate");
        _root?.CheckVersion();
        if (_root is { } root && !root.Has("rules") && !root.Has("rate")) root.Missing("rules", "list the rules that hold on every route");
        Rate = _root is null ? null : RateReader.Read(_root);
        Lines = file.Find("rules") is YamlNode.Sequence list
            ? [.. list.Items.OfType<YamlNode.Mapping>().Select(rule => (Id: (rule.Find("id") as YamlNode.Scalar)?.Text!, rule.Line)).Where(rule => rule.Id is not null)]
            : [];
        Ids = [.. Lines.Select(rule => rule.Id)];
    }

    /// <summary>How often each agent may call, all routes together.</summary>
    public RateLimit? Rate { get; }

    /// <summary>Where its rules stand.</summary>
    public IReadOnlyList<(string Id, int Line)> Lines { get; }

    /// <summary>Ids of its rules, as written.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <param name="fields">Gets every field that the rules name.</param>
    public IReadOnlyList<Rule> For(RouteTerms route, List<FieldPath> fields)
    {
        if (_root is not { } root) return [];
        var approval = root.Find("approval");
        var reader = new RuleReader(_source, route with
        {
            Credentials = None,
            ApprovalNode = approval,
            Approval = approval is null ? null : new ApprovalReader(_source, route.Known.People).Read(approval),
            IsGlobal = true,
        });
        var rules = reader.ReadAll(root);
        fields.AddRange(reader.Fields);
        return rules;
    }
}
