using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    public static Requirement Requirement(Risk risk, params Need[] needs) => new()
    {
        ActionName = "payment.refund",
        Risk = risk,
        Summary = ["Refund 20000 EUR on charge ch_1"],
        Needs = needs is [] ? [new(1, ["group:finance"])] : needs,
        Require = [],
        Show = [],
        DecideWithin = TimeSpan.FromMinutes(30),
        UseWithin = TimeSpan.FromMinutes(10),
        Controls = ["SOC2:CC6.3"],
        Fingerprint = "fingerprint",
    };

    public static Decision NeedsApproval(Requirement? requirement = null, NamedReading[]? redact = null, params MatchedRule[] rules) =>
        new Decision.RequireApproval(requirement ?? Requirement(Risk.High))
        {
            Rules = rules is [] ? [new("refund-large", ["body.amount is 20000, greater than 10000"], false)] : rules,
            Redact = redact ?? [],
        };

    /// <summary>A call that has to wait for people.</summary>
    public static Bound Privileged(ApiAction? action = null, Decision? decision = null, Caller? caller = null)
    {
        var call = action ?? Action("POST", "/v1/charges/ch_1/refunds", Body("""{"amount":20000,"currency":"EUR"}"""));
        var who = caller ?? Caller();
        var digest = ActionDigest.Over(who, "payments", call, Upstream(), Credential(), Plan());
        return new(new(who, "payments", call, Upstream(), Credential(), digest), decision ?? NeedsApproval(), new string('a', 64));
    }
}
