using System.Net.Http.Headers;
using System.Text;

namespace AiAccessProxy.EndToEnd.Planes;

/// <summary>One of the places of a request in which somebody may put a secret.</summary>
/// <param name="IsForKeys">Whether agents' keys are looked for there.</param>
internal sealed record Carrier(string Name, bool IsForKeys, Action<HttpRequestMessage, string> Put)
{
    public static IReadOnlyList<Carrier> All { get; } =
    [
        Header("AiAccess-Token", "{0}", true),
        Header("Authorization", "Bearer {0}", true),
        Header("authorization", "bearer   {0}", true),
        Header("x-api-key", "{0}", true),
        Header("api-key", "{0}", true),
        new("Basic password", true, (request, secret) => Basic(request, $"person:{secret}")),
        new("Basic user", false, (request, secret) => Basic(request, $"{secret}:x")),
        Header("Authorization", "{0}", false),
        Header("Proxy-Authorization", "Bearer {0}", false),
        Header("X-Forwarded-User", "{0}", false),
        new("Cookie", false, (request, secret) => request.Headers.TryAddWithoutValidation(
            "Cookie", $"__Host-ai-access={secret}; ai-access-{request.RequestUri!.Port}={secret}; __Host-ai-access-sign-in={secret}; token={secret}")),
        new("query", false, (request, secret) => request.RequestUri = new Uri(
            $"{request.RequestUri!.AbsoluteUri}{(request.RequestUri.Query.Length > 0 ? '&' : '?')}access_token={secret}&token={secret}&key={secret}&code={secret}&state={secret}")),
        new("form", false, (request, secret) =>
        {
            if (request.Content is { Headers.ContentType.MediaType: "application/x-www-form-urlencoded" })
                request.Content = new StringContent($"token={secret}&key={secret}&vote=approve&access_token={secret}", Encoding.UTF8, "application/x-www-form-urlencoded");
        }),
    ];

    private static Carrier Header(string name, string form, bool isForKeys) => new(
        $"{name}: {string.Format(System.Globalization.CultureInfo.InvariantCulture, form, "…")}", isForKeys,
        (request, secret) => request.Headers.TryAddWithoutValidation(name, form.Replace("{0}", secret, StringComparison.Ordinal)));

    private static void Basic(HttpRequestMessage request, string pair) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
}
