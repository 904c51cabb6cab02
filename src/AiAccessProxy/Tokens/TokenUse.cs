namespace AiAccessProxy.Tokens;

/// <summary>What a token is to prove.</summary>
internal enum TokenUse
{
    /// <summary>That a program may call (RFC 9068, and providers before it).</summary>
    Access,

    /// <summary>That a person signed in (OpenID Connect Core 1.0, section 2).</summary>
    SignIn,
}
