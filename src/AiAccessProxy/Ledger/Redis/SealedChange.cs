using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>A change as the commit script takes it: sealed, numbered, and void after a while.</summary>
/// <param name="Seals">Of the registers that it moves, by name.</param>
/// <param name="Numbers">Running numbers of its records.</param>
/// <param name="VoidAfter">By the server's clock: from then on it is not made.</param>
internal sealed record SealedChange(RedisValue[] Arguments, IReadOnlyDictionary<string, string> Seals, IReadOnlyList<long> Numbers, long VoidAfter)
{
    /// <summary><see cref="Following.Gap"/> as it was known when this was made.</summary>
    public long Gap { get; private init; }

    /// <param name="writer">Seals records, with the next number for each.</param>
    public static SealedChange Of(Change change, Writer writer, RegisterSeal seals, Following following, (Epoch Known, long VoidAfter) at)
    {
        var (floor, gap) = (following.High, following.Gap);
        var (moves, envelopes, names) = (new List<StreamMove>(), new List<byte[]>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var move in change.Moves)
        {
            var mark = following.Marks.Of(move.Id.ToString());
            var header = new RegisterHeader(
                move.Id.ToString(), move.FromRevision + 1, move.FromRevision == 0 ? floor : mark?.Born ?? 0, move.LiveGroup,
                Micro(move.Due), Micro(move.ForgetAfter), [.. move.Unique.Select(claim => claim.Key.Value)])
            {
                Epoch = at.Known.Value,
                After = change.Records.Count == 0 ? mark?.Seal ?? "" : null,
            };
            var (envelope, seal) = seals.Close(header, move.State.Span);
            envelopes.Add(envelope);
            names[header.Id] = seal;
            moves.Add(new(header.Id, header.Revision, seal, mark is not null && (mark.Revision == move.FromRevision || mark.Kept == move.FromRevision) ? mark.Seal : "", header.IsLive, header.IsLive ? null : header.ForgetAfter));
        }

        // INFO is asked for where it matters: where something may be used.
        var wantsRun = change.Epoch is not null || change.Moves.Count > 0;
        List<RedisValue> arguments = [Text(at.VoidAfter), change.Epoch?.Value ?? "", Text(floor), wantsRun ? "1" : "0", change.Records.Count];
        var numbers = new List<long>();
        for (var i = 0; i < change.Records.Count; i++)
        {
            byte[] moved = moves.Count > 0 && i == change.Records.Count - 1 ? JsonSerializer.SerializeToUtf8Bytes(moves) : [];
            numbers.Add(writer.Write(change.Records[i], moved, arguments));
        }

        arguments.Add(change.Moves.Count);
        for (var i = 0; i < change.Moves.Count; i++) Add(change.Moves[i], envelopes[i], arguments);
        arguments.Add(change.Checks.Count);
        foreach (var check in change.Checks) arguments.AddRange([check.Id.ToString(), check.Revision]);
        return new([.. arguments], names, numbers, at.VoidAfter) { Gap = gap };
    }

    private static void Add(Move move, byte[] envelope, List<RedisValue> arguments)
    {
        arguments.AddRange(
        [
            move.Id.ToString(), Text(move.FromRevision), Text(Micro(move.NotAfter)), Text(move.LiveLimit), move.LiveGroup is null ? "0" : "1",
            move.LiveGroup ?? "", Text(Micro(move.Due)), Text(Micro(move.ForgetAfter)), envelope, move.Unique.Count,
        ]);
        foreach (var claim in move.Unique) arguments.AddRange([claim.Key.Value, claim.InsteadOf?.ToString() ?? ""]);
    }

    private static long? Micro(DateTimeOffset? time) => time is { } at ? Micros.Of(at) : null;

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
