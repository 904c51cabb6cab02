using System.Collections.Frozen;

namespace AiAccessProxy.Telemetry;

/// <summary>HTTP's names as the conventions want them: few, whatever is sent.</summary>
internal static class HttpNames
{
    public const string OtherMethod = "_OTHER";

    private static readonly FrozenSet<string> Methods =
        FrozenSet.ToFrozenSet(["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "QUERY"], StringComparer.Ordinal);

    public static string Method(string sent) => Methods.Contains(sent) ? sent : OtherMethod;

    public static string Version(string protocol) => protocol switch
    {
        "HTTP/2" => "2",
        "HTTP/1.0" => "1.0",
        _ => "1.1",
    };
}
