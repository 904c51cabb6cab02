namespace AiAccessProxy.Tests.Control;

/// <summary>The server-sent events of an open page, or of a program that listens.</summary>
internal sealed class EventStream(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    public static Task<EventStream> OpenAsync(Visitor visitor) => OpenAsync(visitor, new HttpRequestMessage(HttpMethod.Get, "/events"));

    public static Task<EventStream> ListenAsync(Visitor program, string key, long last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("Last-Event-ID", $"{last}");
        return OpenAsync(program, request);
    }

    private static async Task<EventStream> OpenAsync(Visitor visitor, HttpRequestMessage request)
    {
        var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    public async Task<(string Kind, string Data)> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var (kind, data) = ("", "");
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && kind != "beat") return (kind, data);
        }

        return ("end", "");
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
