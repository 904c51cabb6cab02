namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The server's compatibility switches that decide where a request ends. Anybody can turn them in a <c>runtimeconfig.json</c>; with one of them
/// the wrong way, a proxy and its upstream count requests differently, so nothing is served then.
/// </summary>
internal static class KestrelSwitches
{
    private const string Prefix = "Microsoft.AspNetCore.Server.Kestrel.";

    private const string StrictLineEnds = Prefix + "DisableHttp1LineFeedTerminators";

    /// <summary>A bare LF ends no line. Has to be said before the server is made.</summary>
    public static void Set() => AppContext.SetSwitch(StrictLineEnds, true);

    public static bool IsOn(string name) => AppContext.TryGetSwitch(name, out var isOn) && isOn;

    /// <summary>What is wrong with the switches of this process, each in words an operator can act on.</summary>
    public static IEnumerable<string> Problems(Func<string, bool> isOn)
    {
        if (isOn(Prefix + "EnableInsecureChunkedRequestParsing"))
        {
            yield return $"{Prefix}EnableInsecureChunkedRequestParsing is on: chunk extensions could hide a second request (CVE-2025-55315); "
                + "take it out of runtimeconfig.json";
        }

        if (isOn(Prefix + "AllowKeepAliveAfterCLTE"))
        {
            yield return $"{Prefix}AllowKeepAliveAfterCLTE is on: a request with Content-Length and Transfer-Encoding could hide a second one; "
                + "take it out of runtimeconfig.json";
        }

        if (!isOn(StrictLineEnds))
            yield return $"{StrictLineEnds} is off: a line that ends in LF alone could hide a second request; set it to true in runtimeconfig.json";
    }
}
