namespace AiAccessProxy.Actions.Bodies;

/// <summary>How the value of a form's field stands in the document.</summary>
internal enum FormValue
{
    /// <summary>Percent-encoded, <c>+</c> for a space.</summary>
    Escaped,

    /// <summary>As it is, in UTF-8.</summary>
    Plain,

    /// <summary>A file: whatever its bytes are.</summary>
    File,
}
