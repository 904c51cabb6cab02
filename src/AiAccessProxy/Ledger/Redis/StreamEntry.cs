using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>One entry of the stream as it was found; nothing of it is believed before it was opened.</summary>
internal sealed record StreamEntry(Position Position, IReadOnlyDictionary<string, byte[]> Fields)
{
    public const string StoredField = "stored";
    public const string RecordField = "record";
    public const string MovesField = "moves";
    public const string SealField = "seal";

    public byte[] Record => Fields.GetValueOrDefault(RecordField, []);

    public byte[] Moves => Fields.GetValueOrDefault(MovesField, []);

    public string Seal => System.Text.Encoding.UTF8.GetString(Fields.GetValueOrDefault(SealField, []));

    /// <summary>Microseconds since 1970 by the store's clock.</summary>
    public long StoredAt => long.TryParse(Fields.GetValueOrDefault(StoredField, []), CultureInfo.InvariantCulture, out var at) ? at : 0;

    /// <summary>The moves of an entry whose seal was found good.</summary>
    public IReadOnlyList<StreamMove> ReadMoves() => Moves.Length == 0 ? [] : JsonSerializer.Deserialize<List<StreamMove>>(Moves)!;

    /// <summary>An answer to <c>XRANGE</c>.</summary>
    public static IReadOnlyList<StreamEntry> Of(RedisResult answer) => [.. ((RedisResult[])answer).Select(Read)];

    private static StreamEntry Read(RedisResult found)
    {
        var parts = (RedisResult[])found;
        var fields = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var flat = (RedisResult[])parts[1];
        for (var i = 0; i + 1 < flat.Length; i += 2) fields.TryAdd((string)flat[i], (byte[])flat[i + 1]);
        var id = ((string)parts[0]).Split('-');
        // Only whole numbers are ours; what stands between them was put there by another hand and is at no position.
        return new(id is [var number, "0"] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? new(at) : Position.Start, fields)
        {
            Id = (string)parts[0],
        };
    }

    /// <summary>As Redis names it.</summary>
    public string Id { get; private init; } = "";
}
