namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>Places that a sign-in must not lead to, spelled in every way that some browser or library took for a path of one's own.</summary>
internal static class ReturnPaths
{
    private static readonly string[] Hosts = ["evil.test", "evil.test:80", "evil.test%2f", "127.0.0.1@evil.test", "evil.test#", "evil.test?", "evil%E3%80%82test"];

    private static readonly string[] Beginnings =
    [
        "//", "///", "////", "/\\", "\\\\", "\\/", "/%2f", "/%5c", "%2f%2f", "%2F/", "/%252f", "%252f%252f", "http://", "https:", "http:/", "https:///", "HTTP://", "//\\", "/\t/", "/\n/",
        "\t//", " //", "\r\n//", "\0//", "\u0001//", "\u00a0//", "/.//", "/..//", "/./\\", "/tickets/..//", "/history//", "/history/..//", "/?//", "/#//", "/;//", "/@", "@", ".",
        "\u2028//", "\uff0f\uff0f", "/\uff0f", "\u3000//", "/history\n//", "/history\r\nLocation: //", "/history@",
    ];

    private static readonly string[] Others =
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)", "javascript&colon;alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
        "blob:http://evil.test/x", "about:blank", "mailto:x@evil.test", "/history?x", "/history#x", "/history/", "/tickets/x", "/tickets/t_0", "/tickets/t_../../evil", "/sign-in/local?code=x", "/sign-out",
        "/api/v1/tickets", "/tickets/t_00000000000000000000000000000000\n", "/tickets/t_00000000000000000000000000000000//evil.test", "", " ", "history", "..", "./history", "\"><script>alert(1)</script>",
        "0; url=//evil.test", "/history; url=//evil.test", "/\u202ehistory", "/histor\u0443", "/HISTORY", "/%68istory",
    ];

    public static IReadOnlyList<string> All { get; } =
        [.. Beginnings.SelectMany((beginning, at) => new[] { Hosts[at % Hosts.Length], Hosts[(at + 3) % Hosts.Length] }.Select(host => beginning + host)).Concat(Others).Distinct()];
}
