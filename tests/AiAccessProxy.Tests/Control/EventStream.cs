namespace AiAccessProxy.Tests.Control;

/// <summary>An open page's server-sent events.</summary>
internal sealed class EventStream(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    public static async Task<EventStream> OpenAsync(Visitor visitor)
    {
        var answer = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/events"), HttpCompletionOption.ResponseHeadersRead);
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
