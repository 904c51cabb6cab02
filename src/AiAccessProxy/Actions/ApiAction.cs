namespace AiAccessProxy.Actions;

/// <summary>One call in its canonical form: what was matched is what is digested is what is shown is what is sent.</summary>
internal sealed record ApiAction(ActionHead Head, ActionBody Body)
{
    /// <summary>Everything in it that upstreams are known to read differently.</summary>
    public IEnumerable<Unclear> Doubts => Body is ActionBody.Whole whole ? Head.Doubts.Concat(whole.Doubts) : Head.Doubts;

    /// <summary>
    /// The fields that are sent beside <paramref name="credential"/>, which replaces the agent's field of its name. Repeated fields are one
    /// line here (RFC 9110, 5.3; Cookie: RFC 9113, 8.2.3), as the HTTP client would make them: what is shown has to be what is written.
    /// </summary>
    public IEnumerable<HeaderField> ForwardedHeaders(UpstreamCredential? credential) => Head.Headers
        .Where(field => !field.Name.Equals(credential?.HeaderName, StringComparison.OrdinalIgnoreCase))
        .GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
        .Select(same => new HeaderField(same.First().Name, string.Join(SeparatorOf(same.Key), same.Select(field => field.Value))));

    private static string SeparatorOf(string name) => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";
}
