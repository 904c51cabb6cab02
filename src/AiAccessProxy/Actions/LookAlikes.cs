using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>Finds header names that are another header to servers in the manner of CGI (<see cref="CgiName"/>).</summary>
internal static class LookAlikes
{
    private static readonly AgentKeySource[] KeySources = Enum.GetValues<AgentKeySource>();

    /// <summary>What no route can accept: a name that hides one of the proxy, of the connection, of a credential, or of another field of the call.</summary>
    public static Unclear? Of(IReadOnlyList<HeaderField> fields)
    {
        if (fields.All(field => CgiName.IsPlain(field.Name))) return null;
        var names = new Dictionary<string, string>();
        foreach (var name in fields.Select(field => field.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var folded = CgiName.Of(name);
            if (!names.TryAdd(folded, name)) return Hides(CgiName.IsPlain(name) ? names[folded] : name, folded);
            if (!CgiName.IsPlain(name) && IsReserved(folded)) return Hides(name, folded);
        }

        return null;
    }

    /// <summary>The same for the fields that the rules of a route read, and those it puts its credentials in.</summary>
    public static Unclear? On(ReadingPlan plan, IReadOnlyList<HeaderField> fields)
    {
        var guarded = plan.StableHeaders.Concat(plan.CredentialHeaders).ToLookup(CgiName.Of);
        foreach (var field in fields)
        {
            var folded = CgiName.Of(field.Name);
            if (guarded[folded].Any(name => !name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))) return Hides(field.Name, folded);
        }

        return null;
    }

    /// <summary>What a route may accept: a name that some servers know under another.</summary>
    public static IEnumerable<Unclear> In(IReadOnlyList<HeaderField> fields) => fields
        .Where(field => !CgiName.IsPlain(field.Name))
        .Select(field => new Unclear(
            Ambiguity.UnderscoreHeader, $"{field.Name} is {CgiName.Of(field.Name)} to some servers: write header names with letters, digits and '-'."));

    private static bool IsReserved(string folded) =>
        AgentHeaders.IsOwn(folded)
        || EndToEnd.Ends(folded)
        || SingleFields.Contains(folded)
        || KeySources.Any(source => source.HeaderName().Equals(folded, StringComparison.OrdinalIgnoreCase));

    private static Unclear Hides(string name, string folded) =>
        new(Ambiguity.HeaderText, $"{name} is {folded} to some servers, which means something of its own here: leave it out.");
}
