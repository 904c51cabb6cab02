namespace AiAccessProxy.Actions.Bodies;

/// <summary>The media types of bodies that rules can look into.</summary>
internal enum BodyKind
{
    /// <summary><c>application/json</c> and <c>application/…+json</c>.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    UrlEncoded,

    /// <summary><c>multipart/form-data</c>.</summary>
    Multipart,
}
