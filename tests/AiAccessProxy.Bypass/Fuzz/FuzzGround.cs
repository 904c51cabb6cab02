using AiAccessProxy.Actions;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>The grounds that are fuzzed, and what must never come of a call on one of them.</summary>
internal static class FuzzGround
{
    public static IReadOnlyList<Ground> All { get; } = [new DenyListGround(), new AllowListGround()];

    /// <summary>Where generators start from, the route's prefix included.</summary>
    public static IReadOnlyList<Spelling> Starts { get; } =
        [.. All.SelectMany(ground => ground.Starts.Select(start => start with { Target = $"/{ground.Name}{start.Target}" }))];

    /// <summary>The rules of all of them, as the product reads them.</summary>
    public static async Task<PolicySnapshot> RulesAsync()
    {
        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        var folder = new EndToEnd.Harness.PolicyFolder(scratch.Folder("policies"));
        foreach (var ground in All) ground.Write(folder, upstream);
        return PolicyFiles.Load(folder.Path) is PolicyLoad.Loaded loaded ? loaded.Snapshot : throw new InvalidOperationException("The grounds are no policy.");
    }

    /// <summary>What is wrong with letting this call through, or with what would be sent for it; null when nothing is.</summary>
    public static string? Breach(Spelling call, TrialOutcome reading)
    {
        if (reading is not TrialOutcome.Decided { Bound: { Decision: Decision.Allow } bound }) return null;
        var head = bound.Action.Action.Head;
        if (!call.Target.EndsWith(head.Target.Raw.TrimStart('/'), StringComparison.Ordinal)) return $"matched {head.Target.Raw}, which is not what came";
        if (head.Method != call.Method) return $"matched {head.Method}, which is not what came";
        var body = bound.Action.Action.Body switch
        {
            ActionBody.Whole whole => whole.Bytes.ToArray(),
            ActionBody.None => [],
            _ => call.Body ?? [],
        };
        // Without a server there is nobody who takes chunks apart.
        var isFramed = call.Headers.Any(header => header.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));
        if (!isFramed && !body.AsSpan().SequenceEqual(call.Body ?? [])) return "the body that was matched is not what came";
        return Breach(bound.Action.Route, model => model.See(head.Method, head.Target.Raw, [.. bound.Action.ForwardedHeaders.Select(field => (field.Name, field.Value))], body));
    }

    /// <summary>The upstream that takes what it received for a privileged action; null when there is none.</summary>
    public static string? Breach(string route, Func<UpstreamModel, SeenAction> see)
    {
        var ground = All.Single(ground => ground.Name == route);
        var fooled = UpstreamModel.All.FirstOrDefault(model => ground.IsPrivileged(see(model)));
        return fooled is null ? null : $"past the policy: an upstream with {fooled.Habits} takes it for {see(fooled)}";
    }
}
