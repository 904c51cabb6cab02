using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>
/// Makes calls, keeps those that take a new way through the product and changes them further. The same seed makes the same calls as long
/// as the product takes the same ways.
/// </summary>
internal sealed class DryFuzz(DryGate gate, Random chance)
{
    private const int Simplifications = 400;

    private readonly Dictionary<string, Spelling> _ways = [];
    private readonly List<Spelling> _kept = [];

    /// <summary>One call for each way that was seen.</summary>
    public IReadOnlyDictionary<string, Spelling> Ways => _ways;

    public int Calls { get; private set; }

    /// <summary>Of those, the ones that would be forwarded without approval.</summary>
    public int Forwarded { get; private set; }

    public Spelling Next() => _kept.Count == 0 || chance.Next(4) == 0
        ? Grammar.Call(chance)
        : Mutation.Of(Grammar.Pick(_kept, chance), Grammar.Pick(_kept, chance), chance);

    /// <summary>What is wrong with what the product makes of the call; null when nothing is.</summary>
    public async Task<string?> TryAsync(Spelling call)
    {
        Calls++;
        try
        {
            var reading = await gate.ReadAsync(call);
            if (_ways.TryAdd(Signature.Of(call, reading), call)) _kept.Add(call);
            if (reading is TrialOutcome.Decided { Bound.Decision: Decision.Allow }) Forwarded++;
            return FuzzGround.Breach(call, reading);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return broken.ToString();
        }
    }

    /// <summary>The call without all that it can lose and still take the same way.</summary>
    public async Task<Spelling> SimplestAsync(Spelling call)
    {
        var way = Signature.Of(call, await gate.ReadAsync(call));
        return await SimplestAsync(call, async simpler => Signature.Of(simpler, await gate.ReadAsync(simpler)) == way);
    }

    /// <summary>The call without all that it can lose and still be the same breach.</summary>
    public Task<Spelling> SimplestAsync(Spelling call, string breach) =>
        SimplestAsync(call, async simpler => await TryAsync(simpler) is { } other && KindOf(other) == KindOf(breach));

    /// <summary>Two breaches of one kind have one cause: the same upstream is fooled, or the same exception is thrown at the same place.</summary>
    public static string KindOf(string breach) => string.Concat(breach.Split(" takes it", 2)[0].Split('\n').Take(2));

    private static async Task<Spelling> SimplestAsync(Spelling call, Func<Spelling, Task<bool>> isSame)
    {
        for (var (left, changed) = (Simplifications, true); changed && left > 0;)
        {
            changed = false;
            foreach (var simpler in Simpler(call))
            {
                if (--left <= 0) break;
                if (!await isSame(simpler)) continue;
                (call, changed) = (simpler, true);
                break;
            }
        }

        return call;
    }

    private static IEnumerable<Spelling> Simpler(Spelling call)
    {
        if (call.Body is not null) yield return call with { Body = null };
        for (var at = 0; at < call.Headers.Count; at++) yield return call with { Headers = [.. call.Headers.Where((_, other) => other != at)] };
        for (var length = call.Target.Length / 2; length > 0; length /= 2)
            for (var at = 0; at + length <= call.Target.Length; at += length) yield return call with { Target = call.Target.Remove(at, length) };
        if (call.Body is not { } body) yield break;
        for (var length = body.Length / 2; length > 0; length /= 2)
            for (var at = 0; at + length <= body.Length; at += length) yield return call with { Body = [.. body[..at], .. body[(at + length)..]] };
    }
}
