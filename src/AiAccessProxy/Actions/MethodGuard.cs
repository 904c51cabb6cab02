using System.Buffers;

namespace AiAccessProxy.Actions;

/// <summary>Refuses methods that a server might take for another.</summary>
internal static class MethodGuard
{
    /// <summary>Twice as long as the longest that is registered (UPDATEREDIRECTREF).</summary>
    private const int Longest = 32;

    private static readonly SearchValues<char> Text = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

    public static Unclear? Of(string method)
    {
        // Forwarders send `delete` as DELETE: a method has one spelling here.
        if (method.Length == 0 || method.AsSpan().ContainsAnyExcept(Text) || method[0] == '-' || method[^1] == '-' || method.Contains("--", StringComparison.Ordinal))
            return new(Ambiguity.Method, "The method has to be of capital letters and hyphens, as in DELETE.");
        if (method.Length > Longest) return new(Ambiguity.Method, $"The method has more than {Longest} characters.");
        // PRI begins a connection of HTTP/2 to servers that speak it without TLS.
        return method is "CONNECT" or "TRACE" or "TRACK" or "PRI" ? new(Ambiguity.Method, $"{method} is not forwarded.") : null;
    }
}
