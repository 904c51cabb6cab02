using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Control;
using AiAccessProxy.Gate;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Commands.Serving;

public sealed class CertificateWatchTests : IDisposable
{
    private static readonly DateTimeOffset Start = new ManualTime().GetUtcNow();

    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-pem-").FullName;
    private readonly ManualTime _time = new();
    private readonly CertificateHealth _health = new();
    private readonly Lines _log = new();
    private readonly PlaneCertificates _certificates;
    private readonly CertificateWatch _watch;

    public CertificateWatchTests()
    {
        Write(SomeCertificate.Good(Start.AddDays(-1), Start.AddDays(90)));
        var (certificate, key) = (Path.Combine(_folder, "c.pem"), Path.Combine(_folder, "k.pem"));
        _certificates = new(
            Options.Create(new GateOptions { Certificate = certificate, CertificateKey = key }), Options.Create(new ControlOptions()),
            _time);
        _certificates.OfAgents.Refuse();
        _watch = new(_certificates, _health, Options.Create(new TlsOptions()), _log);
    }

    public void Dispose()
    {
        _watch.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void While_nothing_changes_the_very_certificate_stays_and_nothing_is_said()
    {
        var shown = Shown;
        for (var i = 0; i < 3; i++) _watch.Look();

        Assert.Same(shown, Shown);
        Assert.Empty(_log.All);
        Assert.Empty(_health.Wrong);
    }

    [Fact]
    public void A_new_one_is_shown_and_told()
    {
        var renewed = SomeCertificate.Good(Start, Start.AddDays(180));
        Write(renewed);
        _watch.Look();

        Assert.Equal(renewed.Certificate, Shown.TargetCertificate.ExportCertificatePem());
        Assert.Equal(["Information gate: a new certificate is shown from now on, good until 2027-05-20 09:00:00Z."], _log.All);
        Assert.Empty(_health.Wrong);
    }

    [Fact]
    public void One_that_is_swapped_by_its_folders_link_with_old_times_is_noticed()
    {
        var (link, first, second) = (Path.Combine(_folder, "..data"), Path.Combine(_folder, "1"), Path.Combine(_folder, "2"));
        foreach (var (folder, until) in new[] { (first, 90), (second, 120) })
        {
            var made = SomeCertificate.Good(Start.AddDays(-1), Start.AddDays(until));
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "both.pem"), made.Certificate + "\n" + made.Key);
            File.SetLastWriteTimeUtc(Path.Combine(folder, "both.pem"), Start.UtcDateTime);
        }

        Directory.CreateSymbolicLink(link, first);
        var plane = new PlaneCertificate("gate", PemFiles.Of(Path.Combine(link, "both.pem"), null), _time);
        Assert.Empty(plane.Read());
        var before = plane.GoodUntil;
        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, second);

        Assert.Empty(plane.Read());
        Assert.Equal(before!.Value.AddDays(30), plane.GoodUntil);
    }

    [Fact]
    public void Files_that_cannot_be_used_change_nothing_but_the_alarm_and_are_told_once()
    {
        var shown = Shown;
        File.WriteAllText(Path.Combine(_folder, "c.pem"), "torn");
        _watch.Look();
        _watch.Look();

        Assert.Same(shown, Shown);
        var said = Assert.Single(_log.All);
        Assert.StartsWith("Error gate:certificate: '", said, StringComparison.Ordinal);
        Assert.EndsWith("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----). The certificate before is shown still.", said, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, Assert.Single(_health.Wrong), StringComparison.Ordinal);

        Write(SomeCertificate.Good(Start, Start.AddDays(180)));
        _watch.Look();
        Assert.Empty(_health.Wrong);
        Assert.NotSame(shown, Shown);
        Assert.Equal("Information gate: the files of the certificate are well again.", _log.All[^1]);
    }

    [Fact]
    public void One_that_ends_soon_or_has_ended_raises_an_alarm()
    {
        _time.Advance(TimeSpan.FromDays(76) - TimeSpan.FromSeconds(1));
        _watch.Look();
        Assert.Empty(_health.Wrong);

        _time.Advance(TimeSpan.FromSeconds(1));
        _watch.Look();
        _watch.Look();
        Assert.Equal(["gate: The certificate ends at 2027-02-19 09:00:00Z."], _health.Wrong);
        Assert.Equal(["Warning gate: the certificate ends at 2027-02-19 09:00:00Z, within 14d."], _log.All);

        _time.Advance(TimeSpan.FromDays(14));
        _watch.Look();
        Assert.Equal(["gate: The certificate ended at 2027-02-19 09:00:00Z."], _health.Wrong);
        Assert.StartsWith("Error gate: the certificate ended at", _log.All[^1], StringComparison.Ordinal);
    }

    private System.Net.Security.SslStreamCertificateContext Shown => _certificates.OfAgents.ForHandshake().ServerCertificateContext!;

    private void Write(SomeCertificate made)
    {
        File.WriteAllText(Path.Combine(_folder, "c.pem"), made.Certificate);
        File.WriteAllText(Path.Combine(_folder, "k.pem"), made.Key);
    }

    private sealed class Lines : ILogger<CertificateWatch>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add($"{logLevel} {formatter(state, exception)}");
    }
}
