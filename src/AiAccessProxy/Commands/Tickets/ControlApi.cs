using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AiAccessProxy.Commands.Tickets;

/// <summary>The control plane's API, as a person with a personal key uses it from a terminal.</summary>
internal sealed class ControlApi : IDisposable
{
    public const string Url = "AIACCESS_URL";
    public const string Token = "AIACCESS_TOKEN";

    private readonly HttpClient _http;

    public ControlApi(Uri server, string token)
    {
        // A redirect would carry the key to wherever it points.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<ApiAnswer> TicketsAsync(CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/tickets"), cancellationToken);

    public Task<ApiAnswer> TicketAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tickets/{Uri.EscapeDataString(id)}"), cancellationToken);

    public Task<ApiAnswer> VoteAsync(string id, bool approve, string? reason, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tickets/{Uri.EscapeDataString(id)}/votes")
        {
            Content = JsonContent.Create(new { vote = approve ? "approve" : "deny", reason }),
        },
        cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var response = await _http.SendAsync(request, cancellationToken))
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
                return Parse(body) is { } json ? new ApiAnswer.Given(json) : new ApiAnswer.Refused(ExitCode.Failed, $"{_http.BaseAddress} did not answer with JSON; is it the control plane?");
            var code = response.StatusCode switch
            {
                HttpStatusCode.NotFound => ExitCode.NotFound,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Refused,
                HttpStatusCode.Conflict or HttpStatusCode.Gone => ExitCode.TooLate,
                _ => ExitCode.Failed,
            };
            return new ApiAnswer.Refused(code, Why(response.StatusCode, body));
        }
    }

    private static string Why(HttpStatusCode status, string body) =>
        Parse(body) is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var detail)
            ? detail.ToString()
            : $"the server answered {(int)status} without saying why; is it the control plane?";

    private static JsonElement? Parse(string body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
