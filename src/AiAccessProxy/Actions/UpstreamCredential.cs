namespace AiAccessProxy.Actions;

/// <summary>The secret that the upstream wants in one header. The agent never holds it; it is shown and recorded by its id alone.</summary>
internal sealed record UpstreamCredential(string Id, string HeaderName, string Secret)
{
    public override string ToString() => $"credential {Id}";
}
