namespace AiAccessProxy.People;

/// <summary>
/// The names of the cookies that carry people's sessions. Both planes have to know them: browsers give the cookies of a host to all of its ports
/// (RFC 6265, 8.5), so that what is the control plane's may come to the agent plane.
/// </summary>
internal static class PersonCookies
{
    /// <summary>Over https. Every name over https begins so.</summary>
    public const string Secured = "__Host-ai-access";

    /// <summary>Over plain http, before the port of the control plane. Every name over plain http begins so.</summary>
    public const string Plain = "ai-access-";

    /// <summary>Whether such a cookie is among those of a <c>Cookie</c> field.</summary>
    public static bool AreIn(ReadOnlySpan<char> field)
    {
        foreach (var range in field.Split(';'))
        {
            var cookie = field[range].TrimStart();
            if (cookie.StartsWith(Secured, StringComparison.OrdinalIgnoreCase) || cookie.StartsWith(Plain, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
