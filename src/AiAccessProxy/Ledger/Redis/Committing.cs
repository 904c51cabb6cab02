using System.Collections.Concurrent;
using System.Globalization;
using AiAccessProxy.Ledger.Redis.Connecting;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Makes changes, and finds out what became of those that were perhaps made. A change that moves or checks registers counts only once the stream
/// was read up to it and nothing in there speaks against it.
/// </summary>
internal sealed class Committing(Store store, Following following, Verifying verifying, Numbers numbers)
{
    /// <summary>Whoever asks has an answer by then, or learns that there is none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1900);

    private const string Untold = "may have moved in a record that is missing in the stream";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>As long as the script may wait somewhere before it is void.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMilliseconds(1400);

    /// <summary>Registers whose creation is under way here.</summary>
    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);

    public required TimeProvider Time { get; init; }

    public required RedisAlarms Alarms { get; init; }

    /// <param name="seal">Makes the change ready to be sent; again, with other times, when the first came too late.</param>
    public async Task<Outcome> CommitAsync(Change change, Func<SealedChange> seal)
    {
        var asked = Time.GetTimestamp();
        // Whoever moves what they have not seen yet sees it first: nothing is known here of how it should stand.
        if (change.Moves.Where(move => move.FromRevision > 0 && following.Marks.Of(move.Id.ToString()) is null && !_begun.ContainsKey(move.Id.ToString())).Select(move => move.Id.ToString()).ToList() is { Count: > 0 } unseen)
            await verifying.ReadAsync(unseen);
        if (change.Epoch is { } epoch && following.Gap > 0) await RefuseUntoldAsync(change, epoch);
        var begun = change.Moves.Where(move => move.FromRevision == 0).Select(move => move.Id.ToString()).ToList();
        foreach (var name in begun) _begun[name] = true;
        try
        {
            return await MakeAsync(change, seal, asked);
        }
        finally
        {
            foreach (var name in begun) _begun.TryRemove(name, out _);
        }
    }

    /// <summary>
    /// In one run of Redis nothing is lost, so a record that is missing was taken out, and it may have told that what is used now was used before. Of
    /// an earlier run only what was approved is affected, and that is good in no other (<see cref="Change.Epoch"/>).
    /// </summary>
    private async Task RefuseUntoldAsync(Change change, Epoch epoch)
    {
        var names = change.Moves.Where(move => move.FromRevision > 0).Select(move => move.Id.ToString())
            .Where(name => following.Marks.Of(name) is not { } mark || mark.At < following.Gap).ToList();
        if (names.Count == 0) return;
        foreach (var register in await verifying.ReadAsync(names))
            if (register?.Header is { } header && header.Epoch == epoch.Value) throw Alarms.Tampered(header.Id, Untold);
    }

    private async Task<Outcome> MakeAsync(Change change, Func<SealedChange> seal, long asked)
    {
        for (var tries = 0; ; tries++)
        {
            var made = seal();
            switch (await store.CommitAsync(made.Arguments))
            {
                case RedisReply.Answered(var result):
                    var answer = (RedisResult[])result;
                    Count(made, (string)answer[0] == "done");
                    // Our idea of its clock was old; by now it is not.
                    if ((string)answer[0] == "stale" && tries < 3) continue;
                    return await MeantAsync(change, made, answer);
                case RedisReply.PerhapsDone perhaps when change.Moves.Count > 0:
                    numbers.Unsure(made.Numbers);
                    return await SettleAsync(change, made, perhaps, asked);
                case RedisReply.PerhapsDone perhaps:
                    numbers.Unsure(made.Numbers);
                    throw store.Unavailable(perhaps);
                case var refused:
                    Count(made, false);
                    throw store.Unavailable(refused);
            }
        }
    }

    private void Count(SealedChange made, bool stands)
    {
        if (stands) numbers.Stand(made.Numbers);
        else numbers.Refused(made.Numbers);
    }

    private async Task<Outcome> MeantAsync(Change change, SealedChange made, RedisResult[] answer)
    {
        Alarms.Well();
        var tip = Tip.Of(answer, 1);
        switch ((string)answer[0])
        {
            case "done":
                // Said here, because after this change it reaches as far again.
                if ((string)answer[5] is { Length: > 0 } behind) Alarms.Tampered("The stream", $"went back to {behind}, and had been at {(string)answer[6]}");
                await ConfirmAsync(change, made, tip);
                return new Outcome.Done(new(tip.Last), Micros.Time(tip.Now));
            case "conflict":
                return new Outcome.Conflict(Standing(change, answer));
            case "late":
                return new Outcome.TooLate(Micros.Time(tip.Now));
            case "limit":
                return new Outcome.LimitReached(int.Parse((string)answer[5], CultureInfo.InvariantCulture));
            case "epoch":
                return new Outcome.NewEpoch(new(tip.Run));
            case "ended":
                // Whoever has read that it lives at this revision, where it has ended by now, made no mistake: the store was put back in between.
                await verifying.ReadAsync([(string)answer[5]]);
                throw new ArgumentException($"{(string)answer[5]} has ended; it cannot live again.", nameof(change));
            case "broken" when !((string)answer[5]).Contains("equal or smaller", StringComparison.Ordinal):
                throw Alarms.Unavailable($"Redis does not take records: {(string)answer[5]}");
            case "broken":
                throw Alarms.Tampered("The stream", $"does not take the next position: {(string)answer[5]}");
            default:
                throw Alarms.Unavailable("Redis is behind with what it is asked; nothing was recorded.");
        }
    }

    /// <summary>Done by the script, and by the stream: none of its registers had moved from there before, and none that it checked.</summary>
    private async Task ConfirmAsync(Change change, SealedChange made, Tip tip)
    {
        if (change.Moves.Count == 0 && change.Checks.Count == 0) return;
        await following.UpToAsync(tip.Last);
        if (change.Epoch is not null && following.Gap > made.Gap) throw Alarms.Tampered(made.Seals.First().Key, Untold);
        if (change.Records.Count == 0)
        {
            foreach (var move in change.Moves) following.Marks.Keep(move.Id.ToString(), following.Marks.Of(move.Id.ToString())?.Seal ?? "", move.FromRevision + 1);
            return;
        }

        foreach (var (name, seal) in made.Seals)
            if (following.IsContradicted(seal)) throw Alarms.Tampered(name, "moved from a state that stood no more");
        foreach (var check in change.Checks)
        {
            // Moved by this change itself or later: then it stood as it was checked.
            if (following.Marks.Of(check.Id.ToString()) is { } mark && mark.At <= tip.Last - change.Records.Count && mark.Revision > check.Revision && !mark.IsForgotten(tip.Now))
                throw Alarms.Tampered($"{check.Id}", $"was taken for revision {check.Revision}, and stands at {mark.Revision}");
        }
    }

    /// <summary>
    /// The answer did not come. Either the stream tells of the move, or the register stands otherwise at a time when the change is void, or nobody
    /// can tell in time.
    /// </summary>
    private async Task<Outcome> SettleAsync(Change change, SealedChange made, RedisReply.PerhapsDone perhaps, long asked)
    {
        var (name, seal) = made.Seals.First();
        while (Time.GetElapsedTime(asked) is var gone && gone < Patience)
        {
            try
            {
                var (tip, found) = await store.ReadAsync([name]).WaitAsync(Patience - gone, Time);
                await following.UpToAsync(tip.Last).WaitAsync(Patience - gone, Time);
                var stands = verifying.Open(found[0])?.Seal == seal;
                if (stands || following.Marks.Of(name)?.Seal == seal)
                {
                    var done = tip with { Last = following.Marks.Of(name)?.At ?? tip.Last };
                    await ConfirmAsync(change, made, done);
                    Alarms.Well();
                    return new Outcome.Done(new(done.Last), Micros.Time(tip.Now));
                }

                if (tip.Server > made.VoidAfter) break;
            }
            catch (Exception failed) when (failed is LedgerUnavailableException or TimeoutException)
            {
                // It is asked again for as long as the caller waits.
            }

            await Task.Delay(BetweenLooks, Time);
        }

        throw store.Unavailable(perhaps);
    }

    private Register? Standing(Change change, RedisResult[] answer)
    {
        var found = new FoundRegister((string)answer[5] ?? "", (string)answer[6] ?? "", (byte[])answer[7] ?? []);
        if (!found.IsThere) return null;
        // It stands so only within this change.
        if (found.Envelope.Length == 0 && change.Moves.FirstOrDefault(move => move.Id.ToString() == found.Name) is { } own)
            return new(own.Id, own.FromRevision + 1, own.State, own.LiveGroup is not null);
        var opened = verifying.Open(found)!;
        return RedisLedger.RegisterOf(opened);
    }
}
