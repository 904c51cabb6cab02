namespace AiAccessProxy.Actions;

/// <summary>Whether two texts of a path are one.</summary>
internal enum Sameness
{
    Different,

    /// <summary>To some upstreams they are one, to others not.</summary>
    Alike,

    Same,
}
