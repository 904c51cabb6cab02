using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>
/// Keeps a begun sign-in in the browser that began it, sealed under a key that only instances have, since the provider may send it back to another of them: whoever begins thousands fills nobody's memory. Lax, because
/// the provider sends the browser back from its own site.
/// </summary>
internal sealed class PendingCookie(OwnAuthority own, SharedSecret secret, TimeProvider time) : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _seal = new(secret.KeyFor("begun sign-in"), TagBytes);

    public PendingSignIn Give(HttpContext context, string to)
    {
        var pending = PendingSignIn.New(to, time.GetUtcNow());
        context.Response.Cookies.Append(NameOf(context), Seal(JsonSerializer.SerializeToUtf8Bytes(pending)), Options(context));
        return pending;
    }

    /// <summary>What this browser began, and begins no more; null when that is nothing, or too long ago.</summary>
    public PendingSignIn? Take(HttpContext context)
    {
        var text = context.Request.Cookies[NameOf(context)];
        context.Response.Cookies.Delete(NameOf(context), Options(context));
        return text is not null && Open(text) is { } json && JsonSerializer.Deserialize<PendingSignIn>(json) is { } pending
            && time.GetUtcNow().ToUnixTimeMilliseconds() < pending.Until ? pending : null;
    }

    public void Dispose() => _seal.Dispose();

    private string Seal(byte[] plain)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        _seal.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length));
        return Base64Url.EncodeToString(box);
    }

    private byte[]? Open(string text)
    {
        try
        {
            var box = Base64Url.DecodeFromChars(text);
            if (box.Length < NonceBytes + TagBytes) return null;
            var plain = new byte[box.Length - NonceBytes - TagBytes];
            _seal.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain);
            return plain;
        }
        catch (Exception foreign) when (foreign is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = PendingSignIn.Lasts,
        Secure = own.IsSecure(context),
        IsEssential = true,
    };

    private string NameOf(HttpContext context) =>
        own.IsSecure(context) ? $"{PersonCookies.Secured}-sign-in" : $"{PersonCookies.Plain}sign-in-{context.Connection.LocalPort}";
}
