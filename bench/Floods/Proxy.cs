using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Floods;

/// <summary>The built product with a certificate, its default limits, one good agent and one that floods.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    public const string GoodKey = "aia_good";
    public const string FloodKey = "aia_flood";

    private readonly Process _process;
    private readonly string _folder;

    private Proxy(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    public string Certificate => Path.Combine(_folder, "certificate.pem");

    public long ResidentMegabytes => Status("VmRSS:");

    public long PeakMegabytes => Status("VmHWM:");

    public static async Task<Proxy> StartAsync(string upstream)
    {
        var folder = Directory.CreateTempSubdirectory("aiaccess-floods-").FullName;
        var policies = Directory.CreateDirectory(Path.Combine(folder, "policies")).FullName;
        await File.WriteAllTextAsync(Path.Combine(policies, "bench.yaml"), $$"""
            version: 1
            route: bench
            prefix: /bench
            environment: bench
            upstream: { url: "{{upstream}}" }
            default: deny
            rules:
              - id: read
                match: { methods: [GET], paths: ["/**"] }
                effect: allow
              - id: small
                match: { methods: [PUT], paths: ["/**"], where: [{ field: body.n, lte: 9 }] }
                effect: allow
              - id: write
                match: { methods: [POST], paths: ["/**"] }
                effect: require_approval
                summary: "Write"
                approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }

            """);
        await File.WriteAllTextAsync(Path.Combine(policies, "agents.yaml"), $$"""
            version: 1
            agents:
              - { id: good, owner: person:ada, keys: [{ id: k, sha256: "{{Sha256(GoodKey)}}" }] }
              - { id: flood, owner: person:ada, keys: [{ id: k, sha256: "{{Sha256(FloodKey)}}" }] }

            """);
        await File.WriteAllTextAsync(Path.Combine(policies, "people.yaml"), $$"""
            version: 1
            people:
              - { id: ada, name: Ada }
              - { id: grace, name: Grace, keys: [{ id: k, sha256: "{{Sha256("aip_grace")}}" }] }
            groups: { reviewers: [grace] }

            """);
        var (certificate, key) = MakeCertificate(folder);
        var program = Path.Combine(AppContext.BaseDirectory, "../../../../../src/AiAccessProxy/bin/Release/net10.0/aiaccess.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet", [
            Path.GetFullPath(program), "serve", "--policies", policies, "--data", Path.Combine(folder, "data"),
            "--gate:url", "https://127.0.0.1:0", "--gate:certificate", certificate, "--gate:certificateKey", key, "--control:url", "http://127.0.0.1:0",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => File.AppendAllText(Path.Combine(folder, "log"), line.Data + "\n");
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("agents ", StringComparison.Ordinal)) return new(process, folder, new Uri(line["agents ".Length..].Trim()));
        throw new InvalidOperationException($"The proxy did not start:\n{await File.ReadAllTextAsync(Path.Combine(folder, "log"))}");
    }

    /// <summary>What it has had of the processors so far.</summary>
    public TimeSpan Busy
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static (string Certificate, string Key) MakeCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=proxy.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificate, keyFile) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificate, keyFile);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private long Status(string name) =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2].Trim(), null) / 1024;
}
