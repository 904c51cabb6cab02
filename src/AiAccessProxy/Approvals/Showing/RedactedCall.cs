using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>A call part by part, with what rules redact in each; a part is looked into when somebody first asks for it.</summary>
internal sealed class RedactedCall(ApiAction action, IReadOnlyList<NamedReading> redact)
{
    private RedactedPart? _target;
    private RedactedPart? _body;

    public ApiAction Action => action;

    /// <summary>Null for what is no ASCII: such text has no single form on the wire, so it must not be shown as if it had.</summary>
    public RedactedPart? Target => !Ascii.IsValid(action.Head.Target.Raw) ? null : _target ??= new(
        Encoding.ASCII.GetBytes(action.Head.Target.Raw), redact.Where(one => one.Field.Source is FieldSource.Path or FieldSource.Query));

    /// <summary>What the upstream will decode; null when the body was not read, or there is none.</summary>
    public RedactedPart? Body => action.Body is not ActionBody.Whole body ? null : _body ??= new(
        body.Document, redact.Where(one => body.Facts.Sources.Contains(one.Field.Source)));

    /// <summary>What rules redact of the headers of a name; null for those of any.</summary>
    public IEnumerable<NamedReading> OfHeader(string? name) => redact.Where(one => one.Field.Source == FieldSource.Header
        && (name is null || one.Field.Steps is not [{ Name: { } named }, ..] || named.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
