using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A person who decides by the API of the control plane, with a personal key.</summary>
internal sealed class Reviewer : IDisposable
{
    private readonly HttpClient _client;

    /// <param name="tls">For a plane with TLS: whom to trust.</param>
    /// <param name="version">Of HTTP.</param>
    public Reviewer(Uri console, string person, Key key, PlaneTls? tls = null, Version? version = null)
    {
        Person = person;
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        if (tls is not null) handler.SslOptions = tls.Trusting();
        _client = new(handler) { BaseAddress = console, DefaultRequestVersion = version ?? HttpVersion.Version11, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
    }

    public string Person { get; }

    public Task<Answer> ApproveAsync(string ticket) => VoteAsync(ticket, "approve", null);

    public Task<Answer> DenyAsync(string ticket, string reason) => VoteAsync(ticket, "deny", reason);

    public async Task<Answer> VoteAsync(string ticket, string vote, string? reason)
    {
        using var response = await _client.PostAsJsonAsync($"/api/v1/tickets/{ticket}/votes", new { vote, reason });
        return await Answer.OfAsync(response);
    }

    public async Task<Answer> GetAsync(string target)
    {
        using var response = await _client.GetAsync(new Uri(target, UriKind.Relative));
        return await Answer.OfAsync(response);
    }

    /// <summary>Ids of all tickets that the API lists as pending, page by page.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync()
    {
        List<string> pending = [];
        for (string? cursor = ""; cursor is not null;)
        {
            // A ledger that is busy beyond its bound is answered 503, and asked again.
            var begin = cursor;
            var page = (await Eventually.GetAsync(
                async () => await GetAsync($"/api/v1/tickets?state=pending&limit=500{begin}") is { Status: 200 } read ? read : null, "a page of pending tickets")).Json;
            pending.AddRange(page.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("next", out var next) && next.GetString() is { } place ? $"&cursor={Uri.EscapeDataString(place)}" : null;
        }

        return pending;
    }

    /// <summary>Waits until so many tickets are pending.</summary>
    public Task<IReadOnlyList<string>> PendingAsync(int count) => Eventually.GetAsync(
        async () => await PendingAsync() is var pending && pending.Count >= count ? pending : null, $"{count} pending tickets");

    /// <summary>Waits for the one ticket that is pending.</summary>
    public async Task<string> OnlyPendingAsync() => Assert.Single(await PendingAsync(1));

    /// <summary>The same for a call that is held: should it be answered instead, nobody waits for a ticket that never comes.</summary>
    public Task<string> OnlyPendingAsync(Task<Answer> held) => Eventually.GetAsync(
        async () => await PendingAsync() is { Count: > 0 } pending ? Assert.Single(pending)
            : held.IsCompleted ? throw new InvalidOperationException($"The call was not held: {(await held).Said}\n{(await held).Body}") : null,
        "a pending ticket");

    public void Dispose() => _client.Dispose();
}
