using System.Text.Json.Serialization;

namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>What a page is made of, text aside.</summary>
internal sealed record SeenPage(
    [property: JsonPropertyName("ran")] IReadOnlyList<string> Ran,
    [property: JsonPropertyName("elements")] IReadOnlyList<string> Elements,
    [property: JsonPropertyName("forms")] IReadOnlyList<string> Forms,
    [property: JsonPropertyName("buttons")] IReadOnlyList<string> Buttons,
    [property: JsonPropertyName("leads")] IReadOnlyList<string> Leads,
    [property: JsonPropertyName("covered")] IReadOnlyList<string> Covered,
    [property: JsonPropertyName("claims")] IReadOnlyDictionary<string, string> Claims,
    [property: JsonPropertyName("texts")] IReadOnlyList<string> Texts)
{
    /// <summary>Is there before anything else on the page: whatever becomes a script calls it.</summary>
    public const string Canary = "window.ran = []; window.canary = number => { window.ran.push(String(number)); }; addEventListener('securitypolicyviolation', event => window.ran.push(`${event.violatedDirective} ${event.blockedURI}`));";

    public const string Script = """
        () => {
          const all = [...document.querySelectorAll('*')];
          for (const one of all) for (const type of ['mouseover', 'focus', 'toggle']) one.dispatchEvent(new Event(type));
          const covered = [...document.querySelectorAll('button, h1, h2')].filter(one => one.checkVisibility()).filter(one => {
            one.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = one.getBoundingClientRect(), at = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 8));
            return !(at && (one.contains(at) || at.contains(one)));
          }).map(one => one.textContent);
          return JSON.stringify({
            ran: window.ran ?? ['the canary is gone'],
            elements: [...new Set(all.flatMap(one => [one.localName, ...[...one.attributes].map(attribute => `${one.localName}[${attribute.name}]`)]))],
            forms: [...document.forms].map(form => `${form.id} ${form.method} ${form.getAttribute('action')} ${[...form.elements].map(field => `${field.name}${field.type === 'hidden' && field.name !== 'token' ? `=${field.value}` : ''}`)}`),
            buttons: [...document.querySelectorAll('button')].map(button => button.textContent),
            leads: [...document.querySelectorAll('[href], [src], [formaction]')].map(one => one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('formaction')),
            covered,
            claims: Object.fromEntries([...document.querySelectorAll('[data-claim]')].map(one => [one.dataset.claim, one.textContent])),
            texts: [document.title, ...[...document.querySelectorAll('h1, h2, .also, [data-part], [data-claim], [title], li')].flatMap(one => [one.textContent, one.title])],
          });
        }
        """;
}
