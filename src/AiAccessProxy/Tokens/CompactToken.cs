using System.Buffers.Text;
using System.Text.Json;

namespace AiAccessProxy.Tokens;

/// <summary>
/// A signed JWT in compact form (RFC 7515, 7.1) in its one reading. Libraries differ about repeated members, padding and unused bits;
/// what has them is none.
/// </summary>
internal sealed record CompactToken(string Text, TokenHeader Header, Claims Claims)
{
    /// <summary>Tokens of people in a hundred groups have about half of this.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Whether <paramref name="text"/> is meant to be a token: keys have no dots.</summary>
    public static bool HasForm(string text) => text.AsSpan().Count('.') >= 2;

    /// <summary>Null with what is wrong.</summary>
    public static CompactToken? Read(string text, out TokenOutcome.Refused? wrong)
    {
        wrong = null;
        if (text.Length > MaxLength) return Refuse(TokenFault.Form, $"it is longer than {MaxLength} characters", out wrong);
        if (text.Split('.') is not [var head, var body, var signature])
            return Refuse(TokenFault.Form, "it is not of three parts: an encrypted token, or none", out wrong);
        if (Members(head) is not { } header) return Refuse(TokenFault.Form, "its header is not one JSON object in base64url, each member once", out wrong);
        if (TokenHeader.Read(header, out var why) is not { } read) return Refuse(TokenFault.Header, why, out wrong);
        if (Members(body) is not { } claims) return Refuse(TokenFault.Form, "its claims are not one JSON object in base64url, each member once", out wrong);
        if (Bytes(signature) is not { Length: > 0 }) return Refuse(TokenFault.Form, "its signature is missing or not base64url", out wrong);
        return new(text, read, new(claims));
    }

    /// <summary>What a part encodes, when it is written in the only way that encodes it.</summary>
    private static byte[]? Bytes(string part)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            return Base64Url.EncodeToString(bytes) == part ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonElement? Members(string part) => Bytes(part) is { } bytes ? StrictObject.Read(bytes) : null;

    private static CompactToken? Refuse(TokenFault fault, string reason, out TokenOutcome.Refused wrong)
    {
        wrong = new(fault, reason);
        return null;
    }
}
