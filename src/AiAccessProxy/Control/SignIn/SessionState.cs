using System.Text.Json;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Control.SignIn;

/// <summary>A session as the bytes of its register: what another instance needs to go on with it. The ledger keeps them encrypted.</summary>
internal sealed record SessionState(string Person, string Authenticated, string FormToken, DateTimeOffset Opened, DateTimeOffset Used)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string? KeySha256 { get; init; }

    public Issuer? Issuer { get; init; }

    public string? Subject { get; init; }

    public static SessionState Of(Session session, DateTimeOffset opened, DateTimeOffset used) =>
        new(session.Person, session.Authenticated, session.FormToken, opened, used)
        {
            KeySha256 = (session.Proof as SessionProof.Key)?.Sha256,
            Issuer = (session.Proof as SessionProof.Identity)?.Issuer,
            Subject = (session.Proof as SessionProof.Identity)?.Subject,
        };

    public SessionProof Proof() => this switch
    {
        { KeySha256: { } sha256 } => new SessionProof.Key(sha256),
        { Issuer: { } issuer, Subject: { } subject } => new SessionProof.Identity(issuer, subject),
        _ => new SessionProof.Link(),
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">These bytes are no session.</exception>
    public static SessionState Read(ReadOnlySpan<byte> state) =>
        JsonSerializer.Deserialize<SessionState>(state, Options) ?? throw new JsonException("A session is an object, not null.");
}
