using System.Globalization;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>
/// Calls that are changed as long as they find new ways through the product: none ends in an exception, and none that would be forwarded
/// without approval is privileged to any upstream. <c>AIACCESS_FUZZ_MINUTES</c> says for how long; <c>./test.sh long</c> takes ten minutes.
/// </summary>
public class DryFuzzTests
{
    private const int Usual = 6000;

    /// <summary>Kinds of breaches that are shown at once.</summary>
    private const int Enough = 12;

    [Fact]
    public async Task Every_call_of_the_corpus_still_holds()
    {
        var fuzz = new DryFuzz(new(await FuzzGround.RulesAsync()), new Random(0));
        foreach (var call in Corpus.All)
        {
            var breach = await fuzz.TryAsync(call);
            Assert.True(breach is null, $"{breach}\n{Corpus.Write(call)}");
        }

        Assert.InRange(fuzz.Ways.Count, 50, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fuzz.Calls} calls, {fuzz.Ways.Count} ways"));
    }

    [Fact]
    public void A_call_is_the_same_after_it_was_written_down()
    {
        var chance = new Random(1);
        for (var run = 0; run < 2000; run++)
        {
            var call = Mutation.Of(Grammar.Call(chance), Grammar.Call(chance), chance);
            if (call.Headers.Any(header => header.Name.Contains(": ", StringComparison.Ordinal))) continue;
            var read = Corpus.Read(Corpus.Write(call));
            Assert.Equal(call.ToString(), read.ToString());
            Assert.Equal(call.Body, read.Body);
        }
    }

    [Fact]
    public async Task No_call_however_it_is_changed_ends_in_an_exception_or_gets_past_the_policy()
    {
        var seed = Seed.Of(20261121);
        var fuzz = new DryFuzz(new(await FuzzGround.RulesAsync()), seed.Chance);
        foreach (var call in Corpus.All) await fuzz.TryAsync(call);

        var known = fuzz.Ways.Keys.ToHashSet();
        var breaches = new Dictionary<string, string>();
        var length = FuzzLength.Of(Usual);
        while (length.GoesOn(fuzz.Calls) && breaches.Count < Enough)
        {
            var call = fuzz.Next();
            if (await fuzz.TryAsync(call) is not { } breach || breaches.ContainsKey(DryFuzz.KindOf(breach))) continue;
            breaches[DryFuzz.KindOf(breach)] = $"call {fuzz.Calls}: {breach}\n{Corpus.Write(await fuzz.SimplestAsync(call, breach))}";
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seed}: {fuzz.Calls} calls in {length.Elapsed.TotalSeconds:0} s, {fuzz.Forwarded} would be forwarded, {fuzz.Ways.Count} ways, {fuzz.Ways.Count - known.Count} of them not in the corpus"));
        Assert.True(breaches.Count == 0, $"{seed}\n{string.Join('\n', breaches.Values)}");
        if (!FuzzLength.Writes) return;
        var calls = new Dictionary<string, Spelling>();
        foreach (var (way, call) in fuzz.Ways) calls[way] = known.Contains(way) ? call : await fuzz.SimplestAsync(call);
        Corpus.Replace(calls);
    }
}
