namespace AiAccessProxy.Approvals.Showing;

/// <summary>
/// What a reviewer is shown of a call: every byte that would be sent (of a compressed body: every byte it decodes to), part by part, in a form that hides nothing and that text from the
/// agent cannot break out of. Neutral: each channel gives it its own shape.
/// </summary>
/// <param name="Parts">Method, target, each header, body, in the order they are sent.</param>
/// <param name="Credential">Id of the upstream credential that will be added; null when there is none.</param>
/// <param name="ProxyHeaders">Names of the headers that the proxy itself makes.</param>
/// <param name="HiddenBytes">Bytes that are not shown and not redacted by a rule. Above 0 nobody is offered Approve.</param>
internal sealed record ShownCall(
    IReadOnlyList<ShownPart> Parts, string? Credential, IReadOnlyList<string> ProxyHeaders, long HiddenBytes)
{
    /// <summary>Scheme, host and port that the call would go to.</summary>
    public string? Upstream { get; init; }

    /// <summary>What rules want shown first; it stands in <see cref="Parts"/> too, or is counted there.</summary>
    public IReadOnlyList<ShownField> Fields { get; init; } = [];

    public bool IsWhole => HiddenBytes == 0;
}
