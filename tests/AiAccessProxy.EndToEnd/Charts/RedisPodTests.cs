using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Tests.Ledger.Redis;
using AiAccessProxy.Tests.Tokens;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>What the chart gives a pod of the Redis profile starts the program on a real Redis, with its password, and by TLS where the values say so.</summary>
public class RedisPodTests
{
    private const string Password = "open-sesame";

    /// <summary>Keys of Secrets, as the chart names them, and what this test has in them.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["secrets"] = "what-only-the-instances-know-0123456789",
        ["password"] = Password,
        ["token"] = "a-token-for-whoever-scrapes-0123456789",
        ["scrape"] = "another-token-for-whoever-scrapes-0123456789",
        ["secret"] = "the-secret-of-the-console-at-the-provider",
        ["clientSecret"] = "another-secret-of-the-console-at-the-provider",
        ["headers"] = "authorization=none",
    };

    [Theory]
    [InlineData("values-redis.yaml", false)]
    [InlineData("values-everything.yaml", true)]
    public async Task Its_variables_start_the_program_which_gets_ready_holds_and_sends_what_is_approved(string file, bool byTls)
    {
        using var scratch = new Scratch();
        using var tls = new PlaneTls();
        await using var upstream = new RawUpstream();
        var (redis, port) = await RedisAsync(tls);
        await using var server = redis;
        var container = (await Chart.DocumentsAsync(file)).Single(one => one["kind"]!.GetValue<string>() == "Deployment")["spec"]!["template"]!["spec"]!["containers"]!.AsArray()[0]!;
        Assert.Equal(["serve"], container["args"]!.AsArray().Select(argument => argument!.GetValue<string>()));
        var secrets = new Dictionary<string, string>(Kept)
        {
            ["configuration"] = byTls ? $"127.0.0.1:{port},ssl=true,sslHost=127.0.0.1" : $"{server.Address},password={Password}",
        };
        var variables = container["env"]!.AsArray().ToDictionary(one => one!["name"]!.GetValue<string>(), one => (string?)Value(one!, secrets, tls));
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", upstream.Address, Rules.WritesWait);

        var settings = variables["AIACCESS__GATE__URL"]!.StartsWith("https://", StringComparison.Ordinal) ? ["--gate:url", "https://127.0.0.1:0", "--control:url", "https://127.0.0.1:0"] : Array.Empty<string>();
        await using var proxy = await ProxyProcess.StartAsync(policies.Path, scratch.Folder("data"), settings, variables);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = tls.Trusting() });
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
            Assert.True((await http.GetAsync(new Uri(proxy.Console, container[probe]!["httpGet"]!["path"]!.GetValue<string>()), TestContext.Current.CancellationToken)).IsSuccessStatusCode, probe);

        using var bot = new Agent(proxy.Agents, policies.Bot, tls);
        using var grace = new Reviewer(proxy.Console, "grace", policies.KeyOf("grace"), tls);
        var held = bot.DeleteAsync("/api/things/1");
        Assert.Equal(200, (await grace.ApproveAsync(await grace.OnlyPendingAsync(held))).Status);
        Assert.Equal(200, (await held).Status);
        Assert.Single(upstream.Requests);

        using var scrape = new HttpRequestMessage(HttpMethod.Get, new Uri(proxy.Console, "metrics"));
        scrape.Headers.Authorization = new("Bearer", variables["AIACCESS__TELEMETRY__METRICSTOKEN"]);
        using var metrics = await http.SendAsync(scrape, TestContext.Current.CancellationToken);
        Assert.Contains("ai_access_ledger_follow_lag_seconds", await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // What it says of itself at the start is what the values ask for, and none of it is secret.
        Assert.Matches($@"Started: ledger: in Redis at 127\.0\.0\.1:\d+ \({(byTls ? "TLS" : "no TLS")}\), prefix {(byTls ? "ai-access-production" : "ai-access")}, shared", proxy.Log);
        Assert.Matches("Started: control plane: .*OpenID Connect at https://login.example.com", proxy.Log);
        Assert.Matches("Started: telemetry: traces, metrics, logs to http.*; /metrics for who shows the token", proxy.Log);
        Assert.Matches("Started: stop: /readyz says so for 5s", proxy.Log);
        Assert.All(Kept.Values.Where(secret => secret != Kept["headers"]), secret => Assert.DoesNotContain(secret, proxy.Log, StringComparison.Ordinal));
    }

    /// <summary>As the kubelet would make it of a pod's variable.</summary>
    private static string Value(JsonNode variable, Dictionary<string, string> secrets, PlaneTls tls)
    {
        if (variable["valueFrom"] is { } from) return from["secretKeyRef"] is { } key ? secrets[key["key"]!.GetValue<string>()] : "pod";
        var value = variable["value"]!.GetValue<string>();
        if (variable["name"]!.GetValue<string>().StartsWith("AIACCESS__TEAMS__MICROSOFTAPPCERTIFICATE", StringComparison.Ordinal)) return BotCertificate(tls.Folder);
        if (value.StartsWith("/tls/", StringComparison.Ordinal)) return Path.Combine(tls.Folder, value.EndsWith(".key", StringComparison.Ordinal) ? "key.pem" : "certificate.pem");
        // Nobody is there, which it has to live with.
        return variable["name"]!.GetValue<string>() == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://127.0.0.1:9" : value;
    }

    /// <summary>With its key in the same file, and for RSA, as Entra ID wants it.</summary>
    private static string BotCertificate(string folder)
    {
        using var made = new CertificateRequest("CN=bot", SigningKeys.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var path = Path.Combine(folder, "bot.pem");
        File.WriteAllText(path, $"{made.ExportCertificatePem()}\n{SigningKeys.Rsa.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    /// <summary>With a password, on a port without and one with TLS.</summary>
    private static async Task<(RedisServer Redis, int TlsPort)> RedisAsync(PlaneTls tls)
    {
        for (var tries = 0; ; tries++)
        {
            // Somebody else may take the free port before Redis does.
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            try
            {
                var server = await RedisServer.StartAsync(
                    $"requirepass {Password}", $"tls-port {port}", $"tls-cert-file {Path.Combine(tls.Folder, "certificate.pem")}",
                    $"tls-key-file {Path.Combine(tls.Folder, "key.pem")}", $"tls-ca-cert-file {Path.Combine(tls.Folder, "certificate.pem")}", "tls-auth-clients no");
                return (server, port);
            }
            catch (InvalidOperationException) when (tries < 3)
            {
                // The next one may be free.
            }
        }
    }
}
