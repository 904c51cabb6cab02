using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiAccessProxy.Approvals.Teams.Connector;
using Microsoft.Extensions.Options;
using Console = AiAccessProxy.Tests.Control.Console;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>A certificate by which the bot could not prove itself is found at the start, and the words say what is wrong with which file.</summary>
public sealed class BotCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new ManualTime().GetUtcNow();

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string, string> Wrong => new()
    {
        { "missing", "teams:microsoftAppCertificate: 'FILE' does not exist" },
        { "folder", "teams:microsoftAppCertificate: 'FILE' cannot be read" },
        { "empty", "holds no certificate in PEM form" },
        { "broken", "holds a certificate that cannot be read" },
        { "without a key", "holds no private key in PEM form" },
        { "encrypted", "is encrypted with a password, and there is no setting for one" },
        { "expired", "has expired: it was good until 2026-11-20" },
        { "not yet", "is not good yet: it begins at 2026-11-22" },
        { "another's key", "does not fit the certificate" },
        { "of elliptic curves", "is not for RSA" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_used_is_told_at_the_start(string what, string words)
    {
        var file = FileOf(what);
        if (what == "folder") Directory.CreateDirectory(file);
        else if (TextOf(what) is { } text) await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("teams:microsoftAppCertificate", file)));

        Assert.Contains(words.Replace("FILE", file, StringComparison.Ordinal), wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN RSA", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_a_file_of_its_own_is_named_when_it_is_the_one_that_is_wrong()
    {
        var (file, key) = (FileOf("certificate"), FileOf("key"));
        await File.WriteAllTextAsync(file, Pem(), TestContext.Current.CancellationToken);
        foreach (var (text, words) in new[] { (null, "does not exist"), ("", "holds no private key"), (Pem(), "does not fit the certificate") })
        {
            if (text is not null) await File.WriteAllTextAsync(key, text, TestContext.Current.CancellationToken);
            var wrong = await Assert.ThrowsAsync<OptionsValidationException>(
                () => StartAsync(("teams:microsoftAppCertificate", file), ("teams:microsoftAppCertificateKey", key)));
            Assert.Contains($"teams:microsoftAppCertificateKey: '{key}' {words}", wrong.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_that_can_be_used_starts()
    {
        var file = FileOf("good");
        await File.WriteAllTextAsync(file, Pem(), TestContext.Current.CancellationToken);
        Assert.True(Assert.IsType<BotCertificate.Usable>(BotCertificate.Read(file, null, Now)).Certificate.HasPrivateKey);

        await using var console = await StartAsync(("teams:microsoftAppCertificate", file));
    }

    /// <summary>A certificate and its key, new each time.</summary>
    public static string Pem(DateTimeOffset? from = null, DateTimeOffset? until = null, Func<RSA, string>? key = null)
    {
        using var rsa = RSA.Create(2048);
        using var made = new CertificateRequest("CN=bot", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(from ?? DateTimeOffset.UnixEpoch, until ?? DateTimeOffset.UnixEpoch.AddYears(200));
        return $"{made.ExportCertificatePem()}\n{(key is null ? rsa.ExportPkcs8PrivateKeyPem() : key(rsa))}\n";
    }

    private static Task<Console> StartAsync(params (string Key, string? Value)[] more) =>
        Console.StartAsync([("teams:microsoftAppId", TeamsGround.App), ("teams:microsoftAppTenantId", TeamsGround.Tenant), .. more]);

    private static string? TextOf(string what) => what switch
    {
        "missing" => null,
        "empty" => "",
        "broken" => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "without a key" => Pem(key: _ => ""),
        "encrypted" => Pem(key: rsa => rsa.ExportEncryptedPkcs8PrivateKeyPem("a password", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))),
        "expired" => Pem(until: Now.AddDays(-1)),
        "not yet" => Pem(from: Now.AddDays(1)),
        "another's key" => Pem(key: _ => Pem(key: other => other.ExportPkcs8PrivateKeyPem()).Split("-----END CERTIFICATE-----")[1]),
        _ => EllipticPem(),
    };

    private static string EllipticPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private string FileOf(string name) => Path.Combine(_folder, $"{name.Replace(' ', '-').Replace("'", "", StringComparison.Ordinal)}.pem");
}
