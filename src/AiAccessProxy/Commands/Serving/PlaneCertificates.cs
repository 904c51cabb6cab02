using AiAccessProxy.Control;
using AiAccessProxy.Gate;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>The certificates of both planes. Each is made when it is asked for: the settings of the other may be wrong.</summary>
internal sealed class PlaneCertificates(IOptions<GateOptions> gate, IOptions<ControlOptions> control, TimeProvider time)
{
    private readonly Lazy<PlaneCertificate> _agents =
        new(() => new(GateOptions.Section, PemFiles.Of(gate.Value.Certificate, gate.Value.CertificateKey), time));

    private readonly Lazy<PlaneCertificate> _control =
        new(() => new(ControlOptions.Section, PemFiles.Of(control.Value.Certificate, control.Value.CertificateKey), time));

    public PlaneCertificate OfAgents => _agents.Value;

    public PlaneCertificate OfControl => _control.Value;

    /// <summary>By which they are good or not.</summary>
    public TimeProvider Time => time;
}
