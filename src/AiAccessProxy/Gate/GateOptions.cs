using System.ComponentModel;
using AiAccessProxy.Actions;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Gate;

/// <summary>Settings of the agent plane, section <c>gate</c>.</summary>
internal sealed class GateOptions : ISettings
{
    public static string Section => "gate";

    [Description("Where agents connect. With `https`, HTTP/1.1 and HTTP/2.")]
    public string Url { get; set; } = "http://127.0.0.1:8080";

    [Description(
        "PEM file of the agent plane's certificate, and those between it and its root. For an https `gate:url`. Read again when it "
        + "changes.")]
    public string? Certificate { get; set; }

    [Description("PEM file of its private key; when unset, the key lies in the same file.")]
    public string? CertificateKey { get; set; }

    [Description(
        "What agents call it, for links in answers: `https://ai-access.example.com`. The address it listens on when unset; never taken "
        + "from Host.")]
    public string? PublicUrl { get; set; }

    [Description("The authorities that it answers to (`api.example.com`, `api.example.com:8443`); any, when none is named.")]
    public IList<string> Hosts { get; } = [];

    [Description("How long a privileged call is held when neither its route nor its `Prefer` says.")]
    public TimeSpan Hold { get; set; } = TimeSpan.FromSeconds(50);

    [Description("The most that `Prefer: wait=n` gets.")]
    public TimeSpan MaxHold { get; set; } = TimeSpan.FromMinutes(10);

    public bool AnswersTo(Authority called) =>
        Hosts.Count == 0 || Hosts.Any(host => Authority.Read(host) is AuthorityReading.Read(var named) && named.Covers(called));

    public IEnumerable<string> Problems()
    {
        foreach (var problem in new PlaneSettings(Section, Url, PublicUrl, Certificate, CertificateKey, "http://127.0.0.1:8080").Problems())
            yield return problem;
        foreach (var host in Hosts)
        {
            if (Authority.Read(host) is AuthorityReading.Refused(var why, var remedy)) yield return $"gate:hosts: '{host}' {why}; {remedy}";
        }

        if (Hold < TimeSpan.Zero) yield return "gate:hold: must not be negative";
        if (MaxHold < Hold) yield return $"gate:maxHold: {Quantity.Words(MaxHold)} is below gate:hold, {Quantity.Words(Hold)}";
    }
}
