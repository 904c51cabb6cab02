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

    /// <summary>Of all fields together: rules may name any number, and a ticket has to fit into its register.</summary>
    private const int MaxInAll = 32 * 1024;

    public static IReadOnlyList<ShownField> Of(RedactedCall call, Decision decision)
    {
        if (decision is not Decision.RequireApproval(var requirement)) return [];
        var (fields, room) = (new List<ShownField>(), MaxInAll);
        foreach (var field in requirement.Show.DistinctBy(field => (field.Field.Text, field.Reading)))
        {
            var sheet = new ShowingSheet(Math.Min(MaxShown, room));
            fields.Add(Of(call, field, sheet));
            room -= sheet.Used;
        }

        return fields;
    }

    private static ShownField Of(RedactedCall call, NamedReading field, ShowingSheet sheet)
    {
        var name = field.Field.Text;
        if (field.Reading is FieldReading.Absent) return new(name, [], 0);
        if (field.Reading is not FieldReading.Present present) return new(name, [], 1);

        foreach (var value in present.Values) Add(sheet, call, field.Field, value);
        return new(name, [.. sheet.Parts.Select(part => part.Spans)], sheet.Hidden);
    }

    private static void Add(ShowingSheet sheet, RedactedCall call, FieldPath field, FieldValue value)
    {
        switch (value.Source)
        {
            case FieldSource.Header when field.Steps is [{ Name: { } name }, ..] && value.Json is JsonNodeFact.Text text && Ascii.IsValid(text.Value):
                sheet.AddHeader(name, Encoding.ASCII.GetBytes(text.Value), call.OfHeader(name));
                break;
            case FieldSource.Body or FieldSource.Form when call.Body is { } body:
                sheet.AddCut(body, value.Json.Start, value.Json.Length);
                break;
            case FieldSource.Path or FieldSource.Query when call.Target is { } target:
                sheet.AddCut(target, value.Json.Start, value.Json.Length);
                break;
            default:
                sheet.Hide(1);
                break;
        }
    }
}
