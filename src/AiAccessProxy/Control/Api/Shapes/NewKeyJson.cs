namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A key that was just made.</summary>
/// <param name="Secret">Its text, told here and never again.</param>
internal sealed record NewKeyJson(KeyJson Key, string Secret);
