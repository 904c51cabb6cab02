using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Gate;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Policies.Trials;

/// <summary>The gate's own reading and deciding of a call, up to where it would ask the desk.</summary>
internal sealed class GateDouble(ILedger ledger, ManualTime time) : IDisposable
{
    public const string Key = "key-of-the-agent";

    private readonly IOptions<GateOptions> _options = Options.Create(new GateOptions());

    private readonly RefusalCounter _counter = new(ledger, new Records(new Instance(time), time), time, NullLogger<RefusalCounter>.Instance);

    /// <summary><c>allow</c>, <c>deny</c>, <c>require_approval</c> or the kind of the problem, and the rules that led there.</summary>
    public async Task<string> OutcomeAsync(PolicySnapshot rules, HttpContext context)
    {
        context.Request.Headers["AiAccess-Token"] = Key;
        context.Response.Body = new MemoryStream();
        var reader = new CallReader(Some.Identification(time), new CallRefusals(ledger, _counter, new Records(new Instance(time), time)), new GateSettings(new PlaneAddress(_options), _options, time));
        if (await reader.ReadAsync(context, rules) is not Admission.Call call)
        {
            context.Response.Body.Position = 0;
            return JsonDocument.Parse(context.Response.Body).RootElement.GetProperty("error").GetProperty("code").GetString()!;
        }

        var bound = rules.Decide(call.Route, call.Caller, call.Action, call.At);
        return Inspection.Failed(bound)?.Kind ?? Of(bound);
    }

    public static string Of(Bound bound)
    {
        var effect = bound.Decision switch { Decision.Allow => "allow", Decision.RequireApproval => "require_approval", _ => "deny" };
        return $"{effect} {string.Join(' ', bound.Decision.Rules.Select(rule => rule.Id))}";
    }

    public void Dispose() => _counter.Dispose();
}
