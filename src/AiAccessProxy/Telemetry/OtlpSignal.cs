using OpenTelemetry.Exporter;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// One signal of OTLP and the standard variables that send it somewhere: those of the signal (<c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>)
/// before those of all (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>), as the OpenTelemetry specification ranks them.
/// </summary>
internal sealed record OtlpSignal(string Name, IConfiguration Settings)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    private const long LongestAnswer = 64 * 1024;

    public bool IsWanted =>
        !string.Equals(Settings["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && (Own("ENDPOINT") is not null || !string.IsNullOrEmpty(Settings[Prefix + "ENDPOINT"]));

    /// <summary>The origin that it goes to, in words without credentials; null when it is not sent.</summary>
    public string? Where => !IsWanted ? null
        : Uri.TryCreate(Own("ENDPOINT") ?? Settings[Prefix + "ENDPOINT"], UriKind.Absolute, out var to) ? $"{to.Scheme}://{to.Authority}" : "an address that is none";

    /// <summary>The exporter reads the variables of all signals by itself; those of the one signal are put over them.</summary>
    public void Apply(OtlpExporterOptions options)
    {
        if (Own("PROTOCOL") is { } protocol)
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (Own("ENDPOINT") is { } endpoint) options.Endpoint = new Uri(endpoint);
        if (Own("HEADERS") is { } headers) options.Headers = headers;
        if (int.TryParse(Own("TIMEOUT"), out var timeout)) options.TimeoutMilliseconds = timeout;
        var client = options.HttpClientFactory;
        options.HttpClientFactory = () =>
        {
            var made = client();
            // A collector answers with a few bytes; what answers with more is none, and is not read into memory.
            made.MaxResponseContentBufferSize = LongestAnswer;
            return made;
        };
    }

    private string? Own(string variable) => Settings[$"{Prefix}{Name}_{variable}"] is { Length: > 0 } value ? value : null;
}
