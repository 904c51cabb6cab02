using System.Buffers.Binary;
using System.Globalization;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz.Http2;

/// <summary>What the server said in a conversation.</summary>
/// <param name="Said">Each once: the answers, resets and the end of the connection, in words.</param>
/// <param name="Unanswered">Streams that the agent has ended and the server has not, on a connection that goes on.</param>
internal sealed record Talk(IReadOnlySet<string> Said, IReadOnlyList<int> Unanswered)
{
    private static readonly byte[] LastPing = "the end!"u8.ToArray();

    // Ends a test that waits for what never comes; it measures nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>For how long an answer is waited for from a server that may be waiting itself.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    /// <summary>The way it took.</summary>
    public string Way => string.Join(' ', Said.Order(StringComparer.Ordinal));

    public static async Task<Talk> HoldAsync(Lab lab, Conversation conversation, string mark)
    {
        await using var adversary = await lab.ConnectHttp2Async();
        var left = conversation.Streams.Where(stream => !stream.Value)
            .Select(stream => new Http2Frame(Http2Frame.ResetStream, 0, stream.Key, [0, 0, 0, 8])).Append(new Http2Frame(Http2Frame.Ping, 0, 0, LastPing));
        using var enough = new CancellationTokenSource(conversation.MayWait ? Short : Patience, TimeProvider.System);
        await adversary.SendAsync([.. conversation.Bytes(lab.Policies.Bot.Text, mark), .. left.SelectMany(frame => frame.Bytes)]);

        var (said, open, isRead) = (new HashSet<string>(), conversation.Streams.Where(stream => stream.Value).Select(stream => stream.Key).ToHashSet(), false);
        try
        {
            // The server takes frames in their order: what it has to say of streams before the ping that are over, it says of them alone.
            while (!isRead || open.Count > 0)
            {
                if (await adversary.FrameAsync(enough.Token) is not { } frame)
                {
                    said.Add("closed");
                    return new(said, []);
                }

                isRead |= frame.Type == Http2Frame.Ping && frame.Has(Http2Frame.Ack) && frame.Payload.AsSpan().SequenceEqual(LastPing);
                if (WordsFor(frame) is { } words) said.Add(words);
                if (frame.Type == Http2Frame.ResetStream || (frame.Type is Http2Frame.Headers or Http2Frame.Data && frame.Has(Http2Frame.EndStream))) open.Remove(frame.Stream);
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            said.Add("waits");
            return new(said, conversation.MayWait ? [] : [.. open, .. isRead ? Array.Empty<int>() : [0]]);
        }

        return new(said, []);
    }

    private static string? WordsFor(Http2Frame frame) => frame.Type switch
    {
        Http2Frame.Headers => StatusOf(frame),
        Http2Frame.ResetStream => string.Create(CultureInfo.InvariantCulture, $"reset-{BinaryPrimitives.ReadInt32BigEndian(frame.Payload)}"),
        Http2Frame.GoAway => string.Create(CultureInfo.InvariantCulture, $"away-{BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4))}"),
        _ => null,
    };

    private static string? StatusOf(Http2Frame frame) => HeaderBlock.Read(frame.Payload).FirstOrDefault(field => field.Name == ":status").Value;
}
