using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Encrypts the states of live registers: nonce ‖ tag ‖ ciphertext, AES-256-GCM, bound to the register and its revision.</summary>
internal static class StateSeal
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, Register register)
    {
        var bytes = new byte[NonceBytes + TagBytes + register.State.Length];
        // Random, not the revision: a revision whose write failed is written again, with another state.
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            bytes.AsSpan(0, NonceBytes), register.State.Span, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), BoundTo(register));
        return bytes;
    }

    /// <summary>The register with its state, or null when the key does not open it.</summary>
    public static Register? Open(ReadOnlySpan<byte> key, Register register, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < NonceBytes + TagBytes) return null;
        var state = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes[NonceBytes..(NonceBytes + TagBytes)], state, BoundTo(register));
            return register with { State = state };
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] BoundTo(Register register) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"{register.Id}#{register.Revision}"));
}
