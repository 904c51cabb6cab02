using System.Text;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>
/// Exactly what will be sent. The text of each <c>data-part</c> element is what <see cref="ShownText"/> made of its bytes, character by
/// character, but for the <c>data-redacted</c> elements in it: the bytes can be had back from the page, and a test does so.
/// </summary>
internal static partial class CallView
{
    /// <param name="route">The route as it is now; null when it is gone.</param>
    public static Html Of(Ticket ticket, Route? route) => ticket.Shown is { } shown ? Of(ticket, shown, route) : Html.Of($"""
        <section>
        <h2>What the call was</h2>
        <div class="wire">
        <p class="start"><b>{ticket.Action.Method}</b> <span>{ticket.Action.Target}</span></p>
        </div>
        <p class="hint">What reviewers were shown was erased when the ticket ended. The ledger keeps the call's body as its hash only
        ({Words.Size(ticket.Action.BodyBytes ?? 0)}, SHA-256 <code class="hash">{ticket.Action.BodySha256 ?? "of nothing"}</code>).</p>
        </section>
        """);

    private static Html Of(Ticket ticket, ShownCall shown, Route? route) => Html.Of($"""
        <section data-hidden-bytes="{shown.HiddenBytes}">
        <h2>Exactly what will be sent{To(shown)}</h2>
        {(shown.IsWhole ? Html.None : NotWhole(shown))}
        <div class="wire">
        <p class="start">{Part(shown, "method")} {Part(shown, "target")}</p>
        {Headers(shown)}
        {Html.Each(shown.Parts.Where(part => part.Kind == "body"), Body)}
        </div>
        {(shown.Parts.Any(part => part.Kind == "body") ? Size(ticket) : Html.Of($"""<p class="hint">The call has no body.</p>"""))}
        <p class="hint">The proxy itself adds <span data-proxy-headers>{string.Join(", ", shown.ProxyHeaders)}</span>{Credential(shown)}.{(HasEscapes(shown) ? About : Html.None)}</p>
        {(route is null ? Html.None : MayDiffer(route.Reading))}
        </section>
        """);

    private static Html To(ShownCall shown) => shown.Upstream is { } upstream
        ? Html.Of($""" <small>to <span data-part="upstream">{upstream}</span></small>""")
        : Html.None;

    private static Html NotWhole(ShownCall shown) => Html.Of($"""
        <p class="notice bad" role="alert">{Words.Size(shown.HiddenBytes)} of this call are not shown; nobody can approve it. It can be denied.</p>
        """);

    private static Html About => Html.Of($"""
         Escapes such as {Escapes(@"\u{202e}")} stand for characters that cannot be seen or that change how others look;
        {Escapes(@"\\")} is one backslash.
        """);

    private static bool HasEscapes(ShownCall shown) =>
        shown.Parts.SelectMany(part => part.Spans).Any(span => span is ShownSpan.Text text && text.Safe.Contains('\\'));

    private static Html Credential(ShownCall shown) => shown.Credential is { } credential
        ? Html.Of($""", with the credential <b data-credential="{credential}">{credential}</b>, which the agent never holds""")
        : Html.Of($"; no credential is added");

    private static Html Size(Ticket ticket) => Html.Of(
        $"""<p class="hint">Body as sent: {Words.Size(ticket.Action.BodyBytes ?? 0)}, SHA-256 <code class="hash">{ticket.Action.BodySha256}</code></p>""");

    /// <summary>What an approval does not bind: another identical call may be the one that is sent, with its own headers of these names.</summary>
    private static Html MayDiffer(ReadingPlan plan) => Html.Of($"""
        <details class="hint"><summary>Headers that may differ in the identical call that is sent</summary>
        <p>They say from which program, try or trace a call is, so a client's own retry counts as the same call:
        <span data-may-differ>{string.Join(", ", VolatileHeaders.On(plan))}</span></p></details>
        """);

    private static Html Part(ShownCall shown, string kind) => Html.Each(
        shown.Parts.Where(part => part.Kind == kind), part => Html.Of($"""<span data-part="{kind}">{Spans(part)}</span>"""));

    private static Html Headers(ShownCall shown) => shown.Parts.Any(part => part.Kind == "header")
        ? Html.Of($"""<dl class="headers">{Html.Each(shown.Parts.Where(part => part.Kind == "header"), Header)}</dl>""")
        : Html.None;

    private static Html Header(ShownPart part) => Html.Of(
        $"""<div><dt>{part.Name}</dt><dd data-part="header" data-name="{part.Name}">{Spans(part)}</dd></div>""");

    /// <summary>A line feed right after the opening tag is not text (HTML, 13.2.6.4.7), so that one of the body's own is never lost.</summary>
    private static Html Body(ShownPart part) => Html.Of(
        $"{(part.Sent is { } sent ? Compressed(sent) : Html.None)}<pre data-part=\"body\" tabindex=\"0\" aria-label=\"Body\">\n{Spans(part)}</pre>");

    private static Html Compressed(ShownCoding sent) => Html.Of($"""
        <p class="hint" data-coding="{sent.Coding}">The body is sent compressed ({sent.Coding}, {Words.Size(sent.Bytes)}). Shown is what the upstream
        decompresses from it ({Words.Size(sent.DocumentBytes)}).</p>
        """);

    private static Html Spans(ShownPart part) => Html.Each(part.Spans, span => span switch
    {
        ShownSpan.Text text => Escapes(text.Safe),
        ShownSpan.Redacted(var field, var length, var sha256) => Html.Of(
            $"""<span class="redacted" data-redacted="{field}" data-length="{length}" data-sha256="{sha256}">{field}, redacted: {Words.Size(length)}, SHA-256 {sha256}</span>"""),
        _ => throw new InvalidOperationException($"No view is known for {span.GetType().Name}."),
    });

    /// <summary>Marks each escape, so that it cannot be taken for text that says the same.</summary>
    private static Html Escapes(string safe)
    {
        var html = new Html(safe.Length, 0);
        var at = 0;
        foreach (var escape in Escape().EnumerateMatches(safe))
        {
            html.AppendFormatted(Html.Lines(safe[at..escape.Index]));
            html.AppendFormatted(Html.Of($"""<span class="escape">{safe.Substring(escape.Index, escape.Length)}</span>"""));
            at = escape.Index + escape.Length;
        }

        html.AppendFormatted(Html.Lines(safe[at..]));
        return html;
    }

    [GeneratedRegex(@"\\(\\|[nrt]|x[0-9a-f]{2}|u\{[0-9a-f]+\})")]
    private static partial Regex Escape();
}
