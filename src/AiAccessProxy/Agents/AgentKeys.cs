using System.Text;

namespace AiAccessProxy.Agents;

/// <summary>How an agent's key stands in a request's headers.</summary>
internal static class AgentKeys
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Lines that a server may have joined into one. Each text is hashed to find its holder, and a header has room for thousands of commas.</summary>
    private const int MostJoined = 16;

    private static readonly AgentKeySource[] All = Enum.GetValues<AgentKeySource>();

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The header that holds the key.</summary>
    public static string HeaderName(this AgentKeySource source) => source switch
    {
        AgentKeySource.AiAccessToken => "AiAccess-Token",
        AgentKeySource.Authorization or AgentKeySource.BasicPassword => "Authorization",
        AgentKeySource.XApiKey => "x-api-key",
        AgentKeySource.ApiKey => "api-key",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    /// <summary>
    /// Every text on a request that somebody may take for a key, wherever keys may stand. A header that came twice is looked into line by line, and
    /// between its commas too: servers before this one join lines so.
    /// </summary>
    public static IEnumerable<string> AllIn(IHeaderDictionary headers)
    {
        foreach (var source in All)
        {
            foreach (var line in headers[source.HeaderName()])
            {
                if (line is null) continue;
                if (source.KeyIn(line) is { } whole) yield return whole;
                if (!line.Contains(',', StringComparison.Ordinal)) continue;
                foreach (var part in line.Split(',', MostJoined, StringSplitOptions.TrimEntries))
                    if (source.KeyIn(part) is { } key) yield return key;
            }
        }
    }

    /// <summary>The key in a value of that header; null when it holds none.</summary>
    public static string? KeyIn(this AgentKeySource source, string value) => source switch
    {
        AgentKeySource.Authorization => After(Bearer, value),
        AgentKeySource.BasicPassword => After(Basic, value) is { } pair ? Password(pair) : null,
        _ => value.Length == 0 ? null : value,
    };

    private static string? After(string scheme, string value)
    {
        if (!value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = value[scheme.Length..].Trim(' ');
        return rest.Length == 0 ? null : rest;
    }

    /// <summary>What stands behind the first colon (RFC 7617, section 2); who the user is called does not matter.</summary>
    private static string? Password(string encoded)
    {
        try
        {
            return Strict.GetString(Convert.FromBase64String(encoded)).Split(':', 2) is [_, { Length: > 0 } password] ? password : null;
        }
        catch (Exception none) when (none is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
