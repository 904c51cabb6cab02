using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AiAccessProxy.Tests.Control;

/// <summary>Somebody who comes to the control plane: with a browser's habits (cookies, Origin), or with a key as a program does.</summary>
internal sealed class Visitor(Console console) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = console.Address };

    /// <summary>The session cookie as <c>name=value</c>; null when there is none.</summary>
    public string? Cookie { get; set; }

    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        var answer = await _http.SendAsync(request, until, TestContext.Current.CancellationToken);
        if (!answer.Headers.TryGetValues("Set-Cookie", out var cookies)) return answer;
        var given = cookies.Last().Split(';')[0];
        Cookie = given.EndsWith('=') ? null : given;
        return answer;
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(With(new HttpRequestMessage(HttpMethod.Get, path), headers));

    /// <summary>Sends a form as a browser does that stands on our own page; <paramref name="headers"/> come instead of its Origin.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return SendAsync(With(request, headers is [] ? [("Origin", console.Address.GetLeftPart(UriPartial.Authority))] : headers));
    }

    public Task<HttpResponseMessage> SignInAsync(string key) => PostAsync("/sign-in", [("key", key), ("to", "/")]);

    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {string.Join(' ', console.Errors)}");
        return await ParseAsync(answer);
    }

    /// <summary>Fills in and sends the form of a page, with everything hidden that it carries.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] typed)
    {
        var page = await PageAsync(path);
        var element = page.QuerySelector($"form#{form}") ?? throw new InvalidOperationException($"{path} has no form {form}.");
        var hidden = element.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(input => (input.Name!, input.Value));
        return await PostAsync(element.GetAttribute("action")!, [.. hidden, .. typed]);
    }

    public Task<HttpResponseMessage> ApiAsync(HttpMethod method, string path, string? key, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return SendAsync(request);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage With(HttpRequestMessage request, IEnumerable<(string Name, string Value)> headers)
    {
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
