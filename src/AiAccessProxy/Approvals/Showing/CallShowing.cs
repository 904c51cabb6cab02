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
        var head = action.Action.Head;
        sheet.Add("method", null, Ascii(head.Method), []);
        sheet.Add("target", null, Ascii(head.Target.Raw), decision.Redact.Where(At(FieldSource.Path, FieldSource.Query)));

        // The same list that is digested and sent: the agent's own header that the credential replaces is not on it.
        foreach (var header in action.ForwardedHeaders)
            sheet.AddHeader(header.Name, Ascii(header.Value), decision.Redact.Where(field => Names(field, header.Name)));

        if (action.Action.Body is ActionBody.Whole body)
            sheet.AddBody(body, decision.Redact.Where(At([.. body.Facts.Sources])));
        else if (action.Action.Body is ActionBody.Streamed streamed)
            sheet.Hide(Math.Max(1, streamed.Length ?? 1));

        return new(
            sheet.Parts,
            action.Credential?.Id,
            action.Credential is { } credential ? [.. ProxyHeaders, credential.HeaderName] : ProxyHeaders,
            sheet.Hidden)
        {
            Upstream = OriginOf(action.Upstream.Origin),
            Fields = FieldShowing.Of(action, decision),
        };
    }

    /// <summary>Without user information, which would be a secret, and with the ASCII form of the host.</summary>
    private static string OriginOf(Uri upstream) =>
        new UriBuilder(upstream.Scheme, upstream.IdnHost, upstream.Port).Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Null for what is no ASCII: such text has no single form on the wire, so it must not be shown as if it had.</summary>
    /// <remarks>The cast is needed: a bare null would become an empty memory, and the text would count as shown.</remarks>
    private static ReadOnlyMemory<byte>? Ascii(string text) =>
        System.Text.Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : (ReadOnlyMemory<byte>?)null;

    private static Func<NamedReading, bool> At(params FieldSource[] sources) => field => sources.Contains(field.Field.Source);

    private static bool Names(NamedReading field, string header) =>
        field.Field is { Source: FieldSource.Header, Steps: [{ Name: var name }, ..] } && (name is null || Same(name, header));

    private static bool Same(string name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
