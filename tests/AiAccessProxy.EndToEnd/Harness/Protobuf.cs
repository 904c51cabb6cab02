namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A message of protobuf by its wire format, as much as reading OTLP takes.</summary>
internal sealed class Protobuf
{
    private readonly ILookup<int, byte[]> _parts;
    private readonly ILookup<int, ulong> _numbers;

    private Protobuf(List<(int Field, byte[] Bytes)> parts, List<(int Field, ulong Value)> numbers) =>
        (_parts, _numbers) = (parts.ToLookup(part => part.Field, part => part.Bytes), numbers.ToLookup(number => number.Field, number => number.Value));

    public static Protobuf Read(byte[] message)
    {
        var (parts, numbers) = (new List<(int, byte[])>(), new List<(int, ulong)>());
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0: numbers.Add((field, Varint(message, ref at))); break;
                case 1: numbers.Add((field, BitConverter.ToUInt64(message, at))); at += 8; break;
                case 5: numbers.Add((field, BitConverter.ToUInt32(message, at))); at += 4; break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    parts.Add((field, message[at..(at + length)]));
                    at += length;
                    break;
                default: throw new FormatException($"No protobuf wire type: {key & 7}");
            }
        }

        return new(parts, numbers);
    }

    public IEnumerable<Protobuf> Messages(int field) => _parts[field].Select(Read);

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(_parts[field].FirstOrDefault() ?? []);

    public string Hex(int field) => Convert.ToHexStringLower(_parts[field].FirstOrDefault() ?? []);

    public ulong Number(int field) => _numbers[field].FirstOrDefault();

    public bool Has(int field) => _parts.Contains(field) || _numbers.Contains(field);

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
