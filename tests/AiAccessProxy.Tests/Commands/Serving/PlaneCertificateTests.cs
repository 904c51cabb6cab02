using System.Security.Cryptography.X509Certificates;
using AiAccessProxy.Commands.Serving;

namespace AiAccessProxy.Tests.Commands.Serving;

public sealed class PlaneCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Start = new ManualTime().GetUtcNow();

    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-pem-").FullName;
    private readonly ManualTime _time = new();
    private readonly SomeCertificate _good = SomeCertificate.Good(Start.AddDays(-1), Start.AddDays(90));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_files_that_fit_are_what_a_handshake_gets()
    {
        var plane = Plane(_good.Certificate, _good.Key);
        Assert.Empty(plane.Read());
        Assert.Equal("CN=proxy.test", Shown(plane).Subject);
        Assert.True(Shown(plane).HasPrivateKey);
    }

    [Fact]
    public void One_file_may_hold_both()
    {
        var both = Write("both.pem", _good.Key + "\n" + _good.Certificate);
        var plane = new PlaneCertificate("gate", new(both, both), _time);
        Assert.Empty(plane.Read());
        Assert.True(plane.IsThere);
    }

    [Fact]
    public void What_stands_after_the_first_certificate_is_sent_along()
    {
        var issued = SomeCertificate.WithIssuer(Start.AddDays(-1), Start.AddDays(90));
        var plane = Plane(issued.Certificate, issued.Key);
        Assert.Empty(plane.Read());
        Assert.Equal(["CN=between.test"], plane.ForHandshake().ServerCertificateContext!.IntermediateCertificates.Select(one => one.Subject));
    }

    public static TheoryData<string, string, string, string> EveryMistake()
    {
        var good = SomeCertificate.Good(Start.AddDays(-1), Start.AddDays(90));
        return new()
        {
            { "", good.Key, "certificate", "holds no certificate in PEM form" },
            { good.Key, good.Key, "certificate", "holds no certificate in PEM form" },
            { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", good.Key, "certificate", "cannot be read" },
            { good.Certificate, good.Certificate, "certificateKey", "holds no private key in PEM form" },
            { good.Certificate, "", "certificateKey", "holds no private key in PEM form" },
            { good.Certificate, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "certificateKey", "does not fit" },
            { good.Certificate, SomeCertificate.Good(Start, Start.AddDays(1)).Key, "certificateKey", "does not fit" },
            { good.Certificate, SomeCertificate.RsaKey(), "certificateKey", "does not fit" },
            { good.Certificate, SomeCertificate.EncryptedKey(), "certificateKey", "is encrypted" },
            { SomeCertificate.Good(Start.AddDays(-9), Start).Certificate, good.Key, "certificate", "has expired: it was good until 2026-11-21 09:00:00Z" },
            { SomeCertificate.Good(Start.AddHours(1), Start.AddDays(9)).Certificate, good.Key, "certificate", "is not good yet: it begins at 2026-11-21 10:00:00Z" },
        };
    }

    [Theory]
    [MemberData(nameof(EveryMistake))]
    public void What_is_wrong_is_told_with_its_setting_and_its_file(string certificate, string key, string setting, string why)
    {
        var plane = Plane(certificate, key);
        var problem = Assert.Single(plane.Read());
        Assert.StartsWith($"gate:{setting}: '{_folder}", problem, StringComparison.Ordinal);
        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.False(plane.IsThere);
    }

    [Theory]
    [InlineData("certificate")]
    [InlineData("certificateKey")]
    public void A_file_that_is_not_there_is_named(string missing)
    {
        var nowhere = Path.Combine(_folder, "nowhere", "file.pem");
        var (certificate, key) = (Write("c.pem", _good.Certificate), Write("k.pem", _good.Key));
        var plane = new PlaneCertificate("gate", missing == "certificate" ? new(nowhere, key) : new(certificate, nowhere), _time);
        Assert.Equal([$"gate:{missing}: '{nowhere}' does not exist"], plane.Read());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var problem = Assert.Single(new PlaneCertificate("gate", new(_folder, _folder), _time).Read());
        Assert.StartsWith($"gate:certificate: '{_folder}' cannot be read: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_read_again_take_effect_and_broken_ones_change_nothing()
    {
        var plane = Plane(_good.Certificate, _good.Key);
        plane.Read();
        var first = Shown(plane);

        Write("certificate.pem", "torn");
        Assert.Single(plane.Read());
        Assert.Equal(first, Shown(plane));

        var renewed = SomeCertificate.Good(Start, Start.AddDays(180));
        Write("certificate.pem", renewed.Certificate);
        Write("key.pem", renewed.Key);
        Assert.Empty(plane.Read());
        Assert.NotEqual(first.SerialNumber, Shown(plane).SerialNumber);
    }

    private static X509Certificate2 Shown(PlaneCertificate plane) => plane.ForHandshake().ServerCertificateContext!.TargetCertificate;

    private PlaneCertificate Plane(string certificate, string key) =>
        new("gate", new(Write("certificate.pem", certificate), Write("key.pem", key)), _time);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
