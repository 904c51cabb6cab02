using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>upstream</c>.</summary>
internal static class UpstreamReader
{
    private const string Remedy = "write scheme, host and port alone: https://payments.internal:8443";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    public static Upstream? Read(Section route)
    {
        if (!route.Has("upstream")) route.Missing("upstream", "say where the API is: { url: \"https://…\" }");
        if (route.Find("upstream") is not { } node || Section.Of(route.Source, node, "upstream", "url", "timeout", "http") is not { } section)
            return null;

        var origin = section.Required("url", Remedy) is { } url ? Origin(section, url) : null;
        var timeout = section.Span("timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? Timeout;
        var version = section.Read("http") is { } http && section.IsOneOf(http, Words.HttpVersions.Keys) ? Words.HttpVersions[http.Text] : new(1, 1);
        return origin is null ? null : new(origin, timeout, version);
    }

    private static Uri? Origin(Section section, Written written)
    {
        var wrong = !Uri.TryCreate(written.Text, UriKind.Absolute, out var url) || url.Host.Length == 0 ? "is no URL"
            : url.Scheme is not ("http" or "https") ? "is neither http nor https"
            : url.UserInfo.Length > 0 ? "holds credentials"
            : url.AbsolutePath != "/" || url.Query.Length > 0 || url.Fragment.Length > 0 || written.Text.AsSpan().ContainsAny("?#\\")
                ? "holds more than an origin: the path of a call goes on as it is"
            : written.Text.Any(character => character is <= ' ' or > '~') ? "holds characters that no URL has"
            : null;
        if (wrong is null) return new Uri(url!.GetLeftPart(UriPartial.Authority));
        section.Source.Report(written, $"{written.Told} {wrong}", Remedy);
        return null;
    }
}
