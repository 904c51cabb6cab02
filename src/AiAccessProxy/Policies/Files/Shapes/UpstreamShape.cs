using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Where the API is.</summary>
internal sealed record UpstreamShape
{
    [Description("Scheme, host and port: https://payments.internal.")]
    [Pattern(Pattern.Origin)]
    public required string Url { get; init; }

    [Description("How long it may take without a byte moving: 100s.")]
    [Span("1s", "1h")]
    public string? Timeout { get; init; }

    [Description("Version of HTTP.")]
    [Words(nameof(Files.Words.HttpVersions))]
    public string? Http { get; init; }
}
