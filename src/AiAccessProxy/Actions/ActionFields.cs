using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Actions;

/// <summary>Reads fields of an action. Variables of a path pattern belong to the pattern and are not read here.</summary>
internal static class ActionFields
{
    /// <summary>Of a call that is only told of.</summary>
    public static FieldReading NotKnown { get; } = new FieldReading.Unreadable("it is not known of this call");

    /// <summary>What stands at <paramref name="field"/>: a query parameter, a header, a field of a form or a place in the JSON body.</summary>
    /// <remarks>
    /// Fails closed. A name that is there in another case only makes the field unreadable, as some upstreams would read it. Below something
    /// that has no members (a text, a number, an array without <c>*</c>) nothing can be told; below null nothing stands. With <c>*</c>, when
    /// some items have the rest of the path and others do not, the field is unreadable: for some upstreams what is left out is the largest
    /// value. <c>*</c> over a single value is that value. A header's value with commas is as many as several lines would give.
    /// </remarks>
    public static FieldReading Read(ApiAction action, FieldPath field) => field.Source switch
    {
        var source when action.Head.NotKnown.Contains(source) => NotKnown,
        FieldSource.Query => QueryFields.Read(action.Head.Target, field),
        FieldSource.Header => Header(action.Head, field),
        FieldSource.Body => Body(action.Body, field),
        FieldSource.Form => Form(action.Body, field),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field.Source, "A path variable is read by the pattern that names it."),
    };

    private static FieldReading Header(ActionHead head, FieldPath field)
    {
        var values = new List<FieldValue>();
        foreach (var header in head.Headers.Where(header => header.Name.Equals(field.Steps[0].Name, StringComparison.OrdinalIgnoreCase)))
        {
            if (header.Value.Length == 0) return new FieldReading.Unreadable($"{field} is empty, which some servers take for absent");
            foreach (var (start, length) in SingleFields.Members(header))
                values.Add(new(FieldSource.Header, new JsonNodeFact.Text(start, length, header.Value.Substring(start, length))));
        }

        return Of(values);
    }

    private static FieldReading Body(ActionBody body, FieldPath field) => body switch
    {
        ActionBody.None => new FieldReading.Absent(),
        ActionBody.Whole { Facts: BodyFacts.Empty } => new FieldReading.Absent(),
        ActionBody.Whole { Facts: BodyFacts.Json json } => new JsonWalk(field).Read(json.Root),
        ActionBody.Whole { Facts: BodyFacts.Form } => new FieldReading.Unreadable("the body is a form, not JSON"),
        ActionBody.Whole { Facts: BodyFacts.Unreadable unreadable } => new FieldReading.Unreadable(unreadable.Why),
        _ => new FieldReading.Unreadable("the body was not read"),
    };

    private static FieldReading Form(ActionBody body, FieldPath field) => body switch
    {
        ActionBody.None => new FieldReading.Absent(),
        ActionBody.Whole { Facts: BodyFacts.Empty } => new FieldReading.Absent(),
        ActionBody.Whole { Facts: BodyFacts.Form form } => FormWalk.Read(form, field),
        ActionBody.Whole { Facts: BodyFacts.Json } => new FieldReading.Unreadable("the body is JSON, not a form"),
        ActionBody.Whole { Facts: BodyFacts.Unreadable unreadable } => new FieldReading.Unreadable(unreadable.Why),
        _ => new FieldReading.Unreadable("the body was not read"),
    };

    private static FieldReading Of(IReadOnlyList<FieldValue> values) =>
        values.Count == 0 ? new FieldReading.Absent() : new FieldReading.Present(values);
}
