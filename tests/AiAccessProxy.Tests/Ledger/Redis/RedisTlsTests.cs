using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>TLS to a Redis whose certificate a private authority has signed.</summary>
public sealed class RedisTlsTests : IDisposable
{
    private const string Password = "open-sesame";

    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_redis_is_spoken_to_by_tls_when_the_right_authority_signed_its_name_and_otherwise_refused()
    {
        var (ours, theirs) = (Authority("ours"), Authority("theirs"));
        await using var server = await RedisServer.StartAsync(
            "tls-port {port}", $"tls-cert-file {Path.Combine(_folder, "server.pem")}", $"tls-key-file {Path.Combine(_folder, "server.key")}",
            $"tls-ca-cert-file {ours}", "tls-auth-clients no", $"requirepass {Password}");
        var address = $"127.0.0.1:{server.OtherPort}";

        var options = RedisConnectionTests.Options($"{address},ssl=true", one => (one.Password, one.CertificateAuthority) = (Password, ours));
        using (var redis = await RedisConnection.OpenAsync(options, TimeProvider.System, NullLogger.Instance))
        using (var ledger = await RedisLedger.OpenAsync(redis, options, TimeProvider.System, NullLogger.Instance))
        {
            await ledger.AppendAsync(Some.Record(), TestContext.Current.CancellationToken);
            Assert.Equal(1, await ledger.ReadFromAsync(Position.Start, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
        }

        foreach (var (how, configuration, authority) in new[]
        {
            ("another authority", $"{address},ssl=true", theirs),
            ("the system's authorities", $"{address},ssl=true", null),
            ("another name", $"{address},ssl=true,sslHost=redis.elsewhere.test", ours),
            ("no TLS", address, ours),
        })
        {
            var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => RedisConnection.OpenAsync(
                RedisConnectionTests.Options($"{configuration},connectTimeout=500", one => (one.Password, one.CertificateAuthority) = (Password, authority)), TimeProvider.System, NullLogger.Instance));
            Assert.True(refused.Message.Contains("ssl", StringComparison.Ordinal), $"{how}: {refused.Message}");
            Assert.DoesNotContain(Password, refused.Message, StringComparison.Ordinal);
        }

        var wrong = await Assert.ThrowsAsync<LedgerRefusedException>(() => RedisConnection.OpenAsync(
            RedisConnectionTests.Options($"{address},ssl=true", one => (one.Password, one.CertificateAuthority) = ("swordfish", ours)), TimeProvider.System, NullLogger.Instance));
        Assert.Contains("ledger:redis:password", wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>An authority's certificate in a file; the first one made signs the server's.</summary>
    private string Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}.test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        if (!File.Exists(Path.Combine(_folder, "server.pem"))) Sign(authority, now);
        var file = Path.Combine(_folder, $"{name}.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }

    private void Sign(X509Certificate2 authority, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=redis.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(authority, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(_folder, "server.pem"), signed.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
