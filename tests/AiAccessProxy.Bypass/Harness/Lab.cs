using System.Text;
using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Gate;
using AiAccessProxy.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>
/// The whole product inside this process, on policies of a test, with a raw-socket upstream behind it. Nobody reviews anything here: whatever
/// reaches the upstream got there without approval.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly byte[] Nothing = Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    private readonly Scratch _scratch = new();
    private readonly Plane _plane = new("agent");
    private readonly Plane _control = new("control");
    private WebApplication? _product;

    // What adversaries do is not worth a line of log each.
    static Lab() => Environment.SetEnvironmentVariable("Logging__LogLevel__Yarp", "None");

    private Lab() => Policies = new(_scratch.Folder("policies"));

    public RawUpstream Upstream { get; } = new(_ => Task.FromResult<byte[]?>(Nothing));

    public PolicyFolder Policies { get; }

    /// <summary>What the product logs with an exception.</summary>
    public Journal Journal { get; } = new();

    /// <summary>The agent plane.</summary>
    public Uri Agents => _plane.Address;

    /// <param name="policies">Writes the routes; the agents and people of <see cref="PolicyFolder"/> are there already.</param>
    /// <param name="settings">As on the command line: <c>--gate:hold</c>, then its value.</param>
    public static async Task<Lab> StartAsync(Action<PolicyFolder, RawUpstream> policies, params string[] settings)
    {
        var lab = new Lab();
        policies(lab.Policies, lab.Upstream);
        await lab.ServeAsync(settings);
        return lab;
    }

    /// <summary>The same behind TLS, where agents choose between both versions of HTTP.</summary>
    public static async Task<Lab> StartTlsAsync(Action<PolicyFolder, RawUpstream> policies, params string[] settings)
    {
        var lab = new Lab();
        policies(lab.Policies, lab.Upstream);
        var (certificate, key) = (lab._scratch.File("cert.pem", Tls.CertificatePem), lab._scratch.File("key.pem", Tls.KeyPem));
        await lab.ServeAsync(["--gate:url", "https://127.0.0.1:0", "--gate:certificate", certificate, "--gate:certificateKey", key, .. settings]);
        return lab;
    }

    public Task<Http1Adversary> ConnectAsync() => Http1Adversary.ConnectAsync(Agents);

    public Task<Http2Adversary> ConnectHttp2Async() => Http2Adversary.ConnectAsync(Agents);

    /// <summary>Everything on record, by the id that answers carry in <c>AiAccess-Record</c>.</summary>
    public async Task<IReadOnlyDictionary<string, LedgerRecord>> RecordsAsync()
    {
        var records = new Dictionary<string, LedgerRecord>();
        await foreach (var entry in _product!.Services.GetRequiredService<ILedger>().ReadFromAsync(Position.Start, CancellationToken.None))
            records[entry.Record.Id.ToString()] = entry.Record;
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        if (_product is not null)
        {
            await _product.StopAsync(CancellationToken.None);
            await _product.DisposeAsync();
        }

        await Upstream.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task ServeAsync(string[] settings)
    {
        string[] given =
        [
            "--gate:url", "http://127.0.0.1:0", "--control:url", "http://127.0.0.1:0", "--Logging:Console:LogLevel:Default", "None", $"--Logging:{nameof(Journal)}:LogLevel:Default", "Warning",
            "--approvals:maxTicketsPerAgent", "100000", "--approvals:maxHeldPerAgent", "100000", "--gate:hold", "00:00:00", .. settings,
        ];
        var folders = new Dictionary<string, string?> { ["policies:folder"] = Policies.Path, ["ledger:folder"] = _scratch.Folder("data") };
        _product = ServeHost.Build(ServeSettings.From(given, folders), _plane, _control);
        _product.Services.GetRequiredService<ILoggerFactory>().AddProvider(Journal);
        _product.Services.GetRequiredService<PlaneAddress>().Bound = () => _plane.Address;
        await _product.StartAsync();
    }
}
