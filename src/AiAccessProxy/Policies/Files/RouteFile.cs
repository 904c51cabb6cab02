using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads a file that states a route.</summary>
internal sealed class RouteFile(PolicySource source, Known known)
{
    private const long MaxBody = 1024 * 1024;

    private static readonly string[] Keys =
    [
        "version", "route", "prefix", "hosts", "environment", "upstream", "agent_key", "credentials", "credential", "default", "approval", "rules",
        "volatile_headers", "when_pending", "hold", "max_body", "accept", "path_case", "rate", "notify", "tests",
    ];

    public Route? Read(YamlNode.Mapping file)
    {
        if (Section.Of(source, file, "", Keys) is not { } root) return null;
        root.CheckVersion();
        var id = root.Id("route");
        var prefix = Prefix(root);
        var upstream = UpstreamReader.Read(root);
        IReadOnlyList<AgentKeySource> keys = root.Has("agent_key") ? root.WordList("agent_key", Words.KeySources) : [AgentKeySource.AiAccessToken];
        var credentials = CredentialReader.Read(root);

        var terms = new RouteTerms(known, keys, credentials, root.Find("approval"))
        {
            IgnoresPathCase = root.Word("path_case", Words.PathCases) ?? false,
            Approval = root.Find("approval") is { } approval ? new ApprovalReader(source, known.People).Read(approval) : null,
            Route = id,
            Environment = root.Has("environment") ? root.Id("environment") : null,
        };
        var fallback = root.Word("default", Words.Effects) ?? Effect.Deny;
        if (fallback == Effect.RequireApproval && !root.Has("approval"))
            root.Missing("approval", "default: require_approval asks for people: say here who has to agree");

        var reader = new RuleReader(source, terms);
        IReadOnlyList<Rule> rules = [.. reader.ReadAll(root), .. known.Global?.For(terms, reader.Fields) ?? []];
        var stable = reader.Fields.Where(field => field.Source == FieldSource.Header).Select(field => field.Steps[0].Name!.ToLowerInvariant()).ToHashSet();
        var route = new Route
        {
            Id = id ?? "",
            Prefix = prefix ?? "",
            Hosts = HostReader.Read(root),
            Environment = terms.Environment,
            Upstream = upstream ?? new(new Uri("http://invalid.invalid"), TimeSpan.Zero, new(1, 1)),
            Reading = new(keys, VolatileHeaders(root, stable), stable, Size(root))
            {
                Accept = root.WordList("accept", Words.Accepted).ToHashSet(),
                CredentialHeaders = credentials.Values.Select(credential => credential.HeaderName).ToHashSet(),
            },
            WhenPending = root.Word("when_pending", Words.Pending) ?? WhenPending.Refuse,
            Hold = root.Span("hold", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            Default = fallback,
            Approval = terms.Approval,
            Credential = CredentialReader.Named(root, credentials),
            Rules = rules,
            Rates = [.. Rates(root, id)],
            Notify = NotifyReader.Read(root),
        };
        return id is null || prefix is null ? null : route;
    }

    private IEnumerable<Rated> Rates(Section root, string? id)
    {
        if (RateReader.Read(root) is { } own) yield return new($"route {id}", own);
        if (known.Global?.Rate is { } all) yield return new("all routes", all);
    }

    private string? Prefix(Section root)
    {
        if (root.Has("hosts") && !root.Has("prefix")) return "/";
        if (root.Required("prefix", "say under which path agents find this API: /payments") is not { } written) return null;
        var text = written.Text;
        var isGood = text == "/" || (text.StartsWith('/') && text[1..].Split('/').All(segment => segment is not ("" or "." or "..")
            && segment.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~')));
        if (!isGood)
            source.Report(written, $"{written.Told} is no prefix", "write '/' and names of letters, digits, '-', '.', '_' and '~', without a slash at the end");
        else if (text.Split('/')[1] == ".ai-access")
            source.Report(written, $"{written.Told} belongs to the proxy itself", "choose another prefix");
        else
            return text;
        return null;
    }

    private HashSet<string> VolatileHeaders(Section root, HashSet<string> stable)
    {
        var headers = root.Texts("volatile_headers");
        foreach (var header in headers)
        {
            if (header.Text.Length == 0 || !header.Text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
                source.Report(header, $"{header.Told} is no name of a header", "write whole names, as in x-request-id");
            else if (stable.Contains(header.Text.ToLowerInvariant()))
                source.Report(header, $"a rule reads header.{header.Text.ToLowerInvariant()}, so it cannot be left out of what identifies a call",
                    "leave it out here, or in the rule");
        }

        return [.. headers.Select(header => header.Text.ToLowerInvariant())];
    }

    private long Size(Section root)
    {
        if (root.Read("max_body") is not { } written) return MaxBody;
        if (Quantity.Bytes(written.Text) is { } bytes and > 0 and <= 64 * MaxBody) return bytes;
        source.Report(written, $"{written.Told} is no size of a body", "write a number of bytes, KiB or MiB from 1 to 64MiB");
        return MaxBody;
    }
}
