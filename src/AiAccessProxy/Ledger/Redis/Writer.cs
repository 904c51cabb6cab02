using System.Security.Cryptography;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>This process as a writer of the stream: a name of its own, and a running number for each record that it seals.</summary>
internal sealed class Writer(RecordSeal seals, Numbers numbers)
{
    public string Name { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public Numbers Numbers => numbers;

    /// <summary>Adds the record's fields to the arguments of a script, and how many they are before them.</summary>
    public long Write(LedgerRecord record, byte[] moves, List<RedisValue> arguments)
    {
        var stored = RecordJson.Write(record);
        var number = numbers.Next();
        var at = arguments.Count;
        arguments.Add(0);
        foreach (var (name, value) in NamedFields.Of(record)) arguments.AddRange([name, value]);
        arguments.AddRange([StreamEntry.RecordField, stored]);
        if (moves.Length > 0) arguments.AddRange([StreamEntry.MovesField, moves]);
        arguments.AddRange([StreamEntry.SealField, seals.Close(Name, number, stored, moves)]);
        arguments[at] = arguments.Count - at - 1;
        return number;
    }
}
