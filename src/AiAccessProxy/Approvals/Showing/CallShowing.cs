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

        // The credential takes the place of the agent's own header of that name, so that header is not among what is sent.
        foreach (var header in head.Headers.Where(header => !Same(header.Name, action.Credential?.HeaderName)))
            sheet.AddHeader(header.Name, Ascii(header.Value), decision.Redact.Where(field => Names(field, header.Name)));

        if (action.Action.Body is ActionBody.Whole body)
            sheet.Add("body", null, body.Bytes, decision.Redact.Where(At(FieldSource.Body)));
        else if (action.Action.Body is ActionBody.Streamed streamed)
            sheet.Hide(Math.Max(1, streamed.Length ?? 1));

        return new(
            sheet.Parts,
            action.Credential?.Id,
            action.Credential is { } credential ? [.. ProxyHeaders, credential.HeaderName] : ProxyHeaders,
            sheet.Hidden)
        {
            Upstream = action.Upstream.Origin.GetLeftPart(UriPartial.Authority),
        };
    }

    /// <summary>Null for what is no ASCII: such text has no single form on the wire, so it must not be shown as if it had.</summary>
    /// <remarks>The cast is needed: a bare null would become an empty memory, and the text would count as shown.</remarks>
    private static ReadOnlyMemory<byte>? Ascii(string text) =>
        System.Text.Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : (ReadOnlyMemory<byte>?)null;

    private static Func<NamedReading, bool> At(params FieldSource[] sources) => field => sources.Contains(field.Field.Source);

    private static bool Names(NamedReading field, string header) =>
        field.Field is { Source: FieldSource.Header, Steps: [{ Name: var name }, ..] } && (name is null || Same(name, header));

    private static bool Same(string name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
