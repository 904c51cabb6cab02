using AiAccessProxy.Control;
using AiAccessProxy.Gate;
using AiAccessProxy.Gate.Limits;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>The certificates of both planes.</summary>
internal sealed class PlaneCertificates(IOptions<GateOptions> gate, IOptions<ControlOptions> control, IOptions<LimitOptions> limits, TimeProvider time)
{
    public PlaneCertificate OfAgents { get; } =
        new(GateOptions.Section, PemFiles.Of(gate.Value.Certificate, gate.Value.CertificateKey), time) { HandshakeTime = limits.Value.HandshakeTime };

    public PlaneCertificate OfControl { get; } =
        new(ControlOptions.Section, PemFiles.Of(control.Value.Certificate, control.Value.CertificateKey), time) { HandshakeTime = limits.Value.HandshakeTime };

    /// <summary>Reads both for the first time.</summary>
    /// <exception cref="OptionsValidationException">One cannot be shown.</exception>
    public void Refuse()
    {
        if (OfAgents.Read().Concat(OfControl.Read()).ToList() is { Count: > 0 } wrong)
            throw new OptionsValidationException("certificates", typeof(PlaneCertificates), wrong);
    }
}
