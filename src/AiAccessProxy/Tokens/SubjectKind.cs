namespace AiAccessProxy.Tokens;

/// <summary>Whom an access token speaks for.</summary>
internal enum SubjectKind
{
    /// <summary>Nothing in it settles that; what needs one of the others does not get it.</summary>
    Unclear,

    /// <summary>A program by itself: client credentials.</summary>
    App,

    /// <summary>A person, through a program that they use.</summary>
    Person,
}
