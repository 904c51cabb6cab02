using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Debian's own Prometheus with its admin API on, watching itself, and a proxy when there is one.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly ChildProcess _child;
    private readonly HttpClient _client;

    private PrometheusProcess(ChildProcess child, Uri address) =>
        (_child, Address, _client) = (child, address, new HttpClient { BaseAddress = address });

    public Uri Address { get; }

    /// <param name="proxy">A control plane to watch beside itself.</param>
    /// <param name="token">What it shows there.</param>
    public static async Task<PrometheusProcess> StartAsync(string folder, Uri? proxy = null, string token = "none")
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var settings = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(settings, $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: itself
                static_configs: [{ targets: ["{{address.Authority}}"] }]
            {{(proxy is null ? "" : $"  - job_name: ai-access\n    authorization: {{ credentials: '{token}' }}\n    static_configs: [{{ targets: ['{proxy.Authority}'] }}]")}}

            """);
        var prometheus = new PrometheusProcess(
            ChildProcess.Start(
                Built.Tool("prometheus"),
                [
                    $"--config.file={settings}", $"--storage.tsdb.path={Path.Combine(folder, "tsdb")}",
                    $"--web.listen-address={address.Authority}", "--web.enable-admin-api", "--enable-feature=exemplar-storage",
                ]),
            address);
        await Eventually.HoldsAsync(prometheus.IsReadyAsync, $"Prometheus is ready: {prometheus._child.Errors}");
        return prometheus;
    }

    /// <summary>What its own metric says of how often it was asked to delete series.</summary>
    public async Task<int> DeletionsAsync()
    {
        const string Counter = """prometheus_http_requests_total{code="204",handler="/api/v1/admin/tsdb/delete_series"} """;
        var line = (await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .SingleOrDefault(line => line.StartsWith(Counter, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[Counter.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The <c>data</c> of an answer of its API; null while it has none.</summary>
    public async Task<JsonElement?> AskAsync(string target)
    {
        using var answer = await _client.GetAsync(new Uri(target, UriKind.Relative));
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data") : null;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _child.DisposeAsync();
    }

    /// <summary>Prometheus does not say which port it got, so it has to be told one that nobody has.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or SocketException)
        {
            return false;
        }
    }
}
