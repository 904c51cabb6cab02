namespace AiAccessProxy.Actions;

/// <summary>Reads fields of an action. Variables of a path pattern belong to the pattern and are not read here.</summary>
internal static class ActionFields
{
    /// <summary>What stands at <paramref name="field"/>: a query parameter, a header or a place in the JSON body.</summary>
    /// <remarks>
    /// Fails closed. A name that is there in another case only makes the field unreadable, as some upstreams would read it. Below something
    /// that has no members (a text, a number, an array without <c>*</c>) nothing can be told; below null nothing stands. With <c>*</c>, when
    /// some items have the rest of the path and others do not, the field is unreadable: for some upstreams what is left out is the largest
    /// value. <c>*</c> over a single value is that value.
    /// </remarks>
    public static FieldReading Read(ApiAction action, FieldPath field) => throw new NotImplementedException();
}
