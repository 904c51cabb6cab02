namespace AiAccessProxy.Actions;

/// <summary>Where a field is read from.</summary>
internal enum FieldSource
{
    /// <summary>A variable of the rule's path pattern; always one text.</summary>
    Path,

    /// <summary>Query parameters of that name; one that only some servers take for it makes the field unreadable.</summary>
    Query,

    /// <summary>Header fields of that name (without regard to case).</summary>
    Header,

    /// <summary>The JSON body.</summary>
    Body,

    /// <summary>Fields of that name of a form, urlencoded or multipart (names that differ in spelling alone make the field unreadable).</summary>
    Form,
}
