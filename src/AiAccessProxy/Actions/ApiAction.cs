namespace AiAccessProxy.Actions;

/// <summary>One call in its canonical form: what was matched is what is digested is what is shown is what is sent.</summary>
internal sealed record ApiAction(ActionHead Head, ActionBody Body)
{
    /// <summary>The fields that are sent beside <paramref name="credential"/>, which replaces the agent's field of its name.</summary>
    public IEnumerable<HeaderField> ForwardedHeaders(UpstreamCredential? credential) => credential is null
        ? Head.Headers
        : Head.Headers.Where(field => !field.Name.Equals(credential.HeaderName, StringComparison.OrdinalIgnoreCase));
}
