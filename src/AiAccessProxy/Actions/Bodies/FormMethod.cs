namespace AiAccessProxy.Actions.Bodies;

/// <summary>Notices bodies that ask the upstream to take a call for one of another method.</summary>
internal static class FormMethod
{
    /// <summary>What the body of a form may always ask for, until somebody has looked.</summary>
    public static Unclear Possible { get; } =
        new(Ambiguity.MethodOverride, "The form may ask to be taken for another method (_method).");

    /// <summary>The methods that frameworks let a form ask for.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "DELETE", "PUT", "PATCH", "GET", "HEAD", "OPTIONS", "QUERY", "PURGE", "LINK", "UNLINK", "LOCK", "UNLOCK", "COPY", "MOVE", "MKCOL",
        "PROPFIND", "PROPPATCH", "REPORT", "SEARCH",
    ];

    public static Unclear? In(ActionHead head, BodyFacts facts) => facts switch
    {
        BodyFacts.Form form when form.Fields.Any(field => IsAsking(field.Name)) =>
            new(Ambiguity.MethodOverride, "A field of the form asks for another method (_method): send the call with that method."),
        BodyFacts.Json { Root: JsonNodeFact.Object root } when root.Members.Keys.Any(IsAsking) =>
            new(Ambiguity.MethodOverride, "A member of the body asks for another method (_method): send the call with that method."),
        BodyFacts.Unreadable(var why) when MediaType.MayAskForMethod(head) =>
            new(Ambiguity.MethodOverride, $"It cannot be told whether the body is a form that asks for another method, since {why}."),
        _ => null,
    };

    private static bool IsAsking(string name) => Overrides.IsMethodParameter(FormEscapes.Again(name)) || FormNames.MayBeOne(name, "_method");
}
