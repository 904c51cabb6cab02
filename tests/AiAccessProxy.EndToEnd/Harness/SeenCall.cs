using System.Text.Json.Serialization;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>What stands in the DOM of a ticket's page, read out by a script that knows nothing of the proxy but the names of its data attributes.</summary>
internal sealed record SeenCall(
    [property: JsonPropertyName("parts")] IReadOnlyList<SeenPart> Parts,
    [property: JsonPropertyName("proxyHeaders")] string ProxyHeaders,
    [property: JsonPropertyName("credential")] string? Credential,
    [property: JsonPropertyName("hidden")] long Hidden,
    [property: JsonPropertyName("canApprove")] bool CanApprove,
    [property: JsonPropertyName("text")] string Text)
{
    /// <summary>Reads the page; text that a style hides from people is not read.</summary>
    public const string Script = """
        () => {
          const textOf = node => node.nodeType === Node.TEXT_NODE ? node.data
            : node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? [...node.childNodes].map(textOf).join('') : '(invisible)';
          const spansOf = part => [...part.childNodes].map(node => node.dataset?.redacted !== undefined
            ? { field: node.dataset.redacted, length: Number(node.dataset.length), sha256: node.dataset.sha256, text: textOf(node) }
            : { text: textOf(node) });
          const one = selector => document.querySelector(selector);
          return JSON.stringify({
            parts: [...document.querySelectorAll('[data-part]')].map(part => ({
              kind: part.dataset.part, name: part.dataset.name ?? null, label: part.previousElementSibling?.textContent ?? null, spans: spansOf(part),
            })),
            proxyHeaders: one('[data-proxy-headers]')?.textContent ?? '',
            credential: one('[data-credential]')?.textContent ?? null,
            hidden: Number(one('[data-hidden-bytes]')?.dataset.hiddenBytes ?? -1),
            canApprove: one('form#approve') !== null,
            text: document.documentElement.outerHTML,
          });
        }
        """;

    public SeenPart? Part(string kind) => Parts.SingleOrDefault(part => part.Kind == kind);
}
