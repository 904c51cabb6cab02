namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>Where a key comes from.</summary>
internal enum KeyOrigin
{
    /// <summary><c>agents.yaml</c>.</summary>
    File,

    /// <summary>It was made at run time.</summary>
    Issued,
}
