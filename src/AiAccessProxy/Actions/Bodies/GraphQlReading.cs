namespace AiAccessProxy.Actions.Bodies;

/// <summary>What a text is, read as a GraphQL document.</summary>
internal enum GraphQlReading
{
    /// <summary>It does not begin like one.</summary>
    None,

    /// <summary>It begins like one and is none: no server executes it.</summary>
    Broken,

    /// <summary>One operation with one field at its root, under its own name.</summary>
    One,

    /// <summary>More than that, or less than can be told.</summary>
    Several,
}
