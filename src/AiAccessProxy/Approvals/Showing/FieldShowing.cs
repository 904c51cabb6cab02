using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>
/// The fields that rules name under <c>show</c>, cut from the bytes that will be sent: a reviewer sees them first, and sees no other text than the
/// upstream gets.
/// </summary>
internal static class FieldShowing
{
    /// <summary>Characters of all values of one field that are shown at most; the call itself shows the rest.</summary>
    private const int MaxShown = 4 * 1024;

    public static IReadOnlyList<ShownField> Of(BoundAction action, Decision decision) => decision is not Decision.RequireApproval(var requirement)
        ? []
        : [.. requirement.Show.DistinctBy(field => (field.Field.Text, field.Reading)).Select(field => Of(action.Action, field, decision.Redact))];

    private static ShownField Of(ApiAction action, NamedReading field, IReadOnlyList<NamedReading> redact)
    {
        var name = field.Field.Text;
        if (field.Reading is FieldReading.Absent) return new(name, [], 0);
        if (field.Reading is not FieldReading.Present present) return new(name, [], 1);

        var sheet = new ShowingSheet(MaxShown);
        foreach (var value in present.Values) Add(sheet, action, field.Field, value, redact);
        return new(name, [.. sheet.Parts.Select(part => part.Spans)], sheet.Hidden);
    }

    private static void Add(ShowingSheet sheet, ApiAction action, FieldPath field, FieldValue value, IReadOnlyList<NamedReading> redact)
    {
        switch (value.Source)
        {
            case FieldSource.Header when field.Steps is [{ Name: { } name }, ..] && value.Json is JsonNodeFact.Text text && Ascii.IsValid(text.Value):
                sheet.AddHeader(name, Encoding.ASCII.GetBytes(text.Value), redact.Where(one => IsOfHeader(one.Field, name)));
                break;
            case FieldSource.Body or FieldSource.Form when action.Body is ActionBody.Whole body:
                sheet.AddCut(body.Document, value.Json.Start, value.Json.Length, redact.Where(one => body.Facts.Sources.Contains(one.Field.Source)));
                break;
            case FieldSource.Path or FieldSource.Query when Ascii.IsValid(action.Head.Target.Raw):
                sheet.AddCut(
                    Encoding.ASCII.GetBytes(action.Head.Target.Raw), value.Json.Start, value.Json.Length,
                    redact.Where(one => one.Field.Source is FieldSource.Path or FieldSource.Query));
                break;
            default:
                sheet.Hide(1);
                break;
        }
    }

    private static bool IsOfHeader(FieldPath field, string name) => field is { Source: FieldSource.Header, Steps: [{ Name: var named }, ..] }
        && (named is null || string.Equals(named, name, StringComparison.OrdinalIgnoreCase));
}
