using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>Renders a bound action for reviewers, from the bytes that will be sent.</summary>
internal static class CallShowing
{
    /// <summary>Characters of a call that are shown at most; what does not fit is counted as hidden, and then nobody can approve.</summary>
    public const int MaxShown = 64 * 1024;

    private static readonly string[] ProxyHeaders = ["Host", "Content-Length", "traceparent"];

    public static ShownCall Of(BoundAction action, Decision decision)
    {
        var sheet = new ShowingSheet(MaxShown);
        var call = new RedactedCall(action.Action, decision.Redact);
        sheet.Add("method", Ascii(action.Action.Head.Method) is { } method ? new RedactedPart(method, []) : null);
        sheet.Add("target", call.Target);

        // The same list that is digested and sent: the agent's own header that the credential replaces is not on it.
        foreach (var header in action.ForwardedHeaders) sheet.AddHeader(header.Name, Ascii(header.Value), call.OfHeader(header.Name));

        if (action.Action.Body is ActionBody.Whole body) sheet.AddBody(body, call.Body!);
        else if (action.Action.Body is ActionBody.Streamed streamed) sheet.Hide(Math.Max(1, streamed.Length ?? 1));

        return new(
            sheet.Parts,
            action.Credential?.Id,
            action.Credential is { } credential ? [.. ProxyHeaders, credential.HeaderName] : ProxyHeaders,
            sheet.Hidden)
        {
            Upstream = OriginOf(action.Upstream.Origin),
            Fields = FieldShowing.Of(call, decision),
        };
    }

    /// <summary>Without user information, which would be a secret, and with the ASCII form of the host.</summary>
    private static string OriginOf(Uri upstream) =>
        new UriBuilder(upstream.Scheme, upstream.IdnHost, upstream.Port).Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Null for what is no ASCII: such text has no single form on the wire, so it must not be shown as if it had.</summary>
    /// <remarks>The cast is needed: a bare null would become an empty memory, and the text would count as shown.</remarks>
    private static ReadOnlyMemory<byte>? Ascii(string text) =>
        System.Text.Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : (ReadOnlyMemory<byte>?)null;
}
