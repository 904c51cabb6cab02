using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>
/// Holds what the upstream received against what was sent and what the ledger says was decided on. The digest is made a second time here, from
/// the bytes on the wires.
/// </summary>
internal static partial class SentIsMatched
{
    private const string Version = "aiaccess-action-1";

    // What the proxy says in its own name on every call.
    private static readonly string[] Own = ["Host", "Content-Length", "Transfer-Encoding", "traceparent"];

    /// <summary>Fails when a byte of a forwarded call is not what was decided on.</summary>
    public static async Task CheckAsync(Lab lab, Ground ground, IReadOnlyList<Shot> shots)
    {
        var records = await lab.RecordsAsync();
        var wrong = shots.Where(shot => shot.Arrived.Count == 1)
            .Select(shot => (shot.Call, Why: WhyNot(lab, ground, shot, records))).Where(one => one.Why is not null).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(one => $"{one.Why}: {one.Call}")));
    }

    private static string? WhyNot(Lab lab, Ground ground, Shot shot, IReadOnlyDictionary<string, LedgerRecord> records)
    {
        var (call, arrived) = (shot.Call, shot.Arrived[0]);
        if (shot.Answer?.Headers.GetValueOrDefault("AiAccess-Record") is not { } id) return "forwarded, and the answer names no record";
        if (!records.TryGetValue(id, out var record) || record.Action is not { } action) return "forwarded, and the record is not there";
        // A space too many after the target is not part of it to the server: what it took for the target is decided on, and sent.
        if (arrived.Line != $"{call.Method} {TargetOf(call, ground).TrimEnd(' ')} HTTP/1.1") return $"sent as '{arrived.Line}'";
        if (arrived.Line != $"{action.Method} {action.Target} HTTP/1.1") return $"recorded as {action.Method} {action.Target}";
        if (!arrived.Body.AsSpan().SequenceEqual(call.Body ?? [])) return "sent with another body";
        if (action.BodySha256 is { } sha256 && sha256 != Sha256(arrived.Body)) return "recorded with another body";

        var wire = arrived.Headers.Where(field => !Own.Append(ground.CredentialHeader).Contains(field.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        List<(string Name, string Value)> sent = [(Spelling.CaseHeader, arrived.Header(Spelling.CaseHeader)!), .. call.Headers.Select(AsRead).SelectMany(WithoutHold)];
        sent = [.. sent.Where(field => wire.Exists(other => Same(other.Name, field.Name))).Select(field => (field.Name, field.Value.Trim(' ', '\t')))];
        // Repeated fields are one line from here on, at the place of the first.
        sent = [.. sent.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => (same.Key, string.Join(Same(same.Key, "Cookie") ? "; " : ", ", same.Select(field => field.Value))))];
        foreach (var (name, value) in wire)
        {
            if (!sent.Exists(field => Same(field.Name, name) && field.Value.TrimEnd(' ') == value)) return $"sent with '{name}: {value}'";
        }

        return action.Digest == Digest(lab, ground, arrived, action, sent) ? null : "decided on with another digest";
    }

    private static string TargetOf(Spelling call, Ground ground)
    {
        var rest = call.Target[(ground.Name.Length + 1)..];
        return rest.StartsWith('/') ? rest : $"/{rest}";
    }

    private static string Digest(Lab lab, Ground ground, RawRequest arrived, RecordedAction action, IEnumerable<(string Name, string Value)> sent)
    {
        var fields = sent.Select(field => (Name: field.Name.ToLowerInvariant(), field.Value)).Where(field => !IsVolatile(field.Name))
            .OrderBy(field => field.Name, StringComparer.Ordinal).ToList();
        var parts = new List<byte>();
        void Number(long number)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            parts.AddRange(bytes);
        }

        void Part(string? text)
        {
            Number(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
            parts.AddRange(Encoding.UTF8.GetBytes(text ?? ""));
        }

        foreach (var part in new[]
        {
            $"{Version}/{VolatileHeaders.Version}", "bot", null, ground.Name, lab.Upstream.Address.GetLeftPart(UriPartial.Authority), action.Credential,
            arrived.Method, arrived.Target,
        })
            Part(part);
        Number(fields.Count);
        foreach (var (name, value) in fields)
        {
            Part(name);
            Part(value);
        }

        var isStreamed = action.BodySha256 is null && action.BodyBytes != 0;
        Number(isStreamed ? -1 : arrived.Body.Length);
        if (!isStreamed) Part(Sha256(arrived.Body));
        return Convert.ToHexStringLower(SHA256.HashData(parts.ToArray()));
    }

    /// <summary>A name ends at its first colon, wherever that came from.</summary>
    private static (string Name, string Value) AsRead((string Name, string Value) header)
    {
        var colon = header.Name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? header : (header.Name[..colon], $"{header.Name[(colon + 1)..]}: {header.Value}");
    }

    /// <summary>What a Prefer says of holding the call is said to the proxy; the rest of it goes on.</summary>
    private static IEnumerable<(string Name, string Value)> WithoutHold((string Name, string Value) header)
    {
        if (!Same(header.Name, "Prefer")) return [header];
        var preferences = Preferences().Matches(header.Value).Select(one => one.Value.Trim(' ', '\t')).Where(one => one.Length > 0).ToList();
        var left = preferences.Where(one => !Hold().IsMatch(one)).ToList();
        return left.Count == preferences.Count ? [header] : left.Count == 0 ? [] : [(header.Name, string.Join(", ", left))];
    }

    [GeneratedRegex("""(?:[^,"]|"(?:\\.|[^"\\])*(?:"|$))+""")]
    private static partial Regex Preferences();

    [GeneratedRegex("""^(?:respond-async|wait\s*=\s*(?:\d+|"\d+"))$""", RegexOptions.IgnoreCase)]
    private static partial Regex Hold();

    private static bool IsVolatile(string name) => VolatileHeaders.Standard.Any(
        known => known.EndsWith('*') ? name.StartsWith(known[..^1], StringComparison.Ordinal) : name == known);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
