using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Connector;

namespace AiAccessProxy.Approvals.Teams.Chat;

/// <summary>Says something in answer to what somebody wrote. It is said again for a while when Teams has no time; what cannot be said is not.</summary>
internal sealed partial class Replies(ConnectorClient connector, TimeProvider time, ILogger<Replies> log)
{
    /// <summary>Teams waits for our own answer meanwhile, for some fifteen seconds.</summary>
    private const int MostTries = 3;

    private const int MostLines = 40;

    /// <param name="activity">What it answers; null when that was not written.</param>
    public async ValueTask SayAsync(Conversation to, string? activity, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var said = new JsonObject
        {
            ["type"] = "message",
            ["textFormat"] = "plain",
            ["text"] = string.Join("\n\n", lines.Take(MostLines)),
            // What a phone shows of it.
            ["summary"] = "AI access has answered you",
        };
        if (activity is not null) said["replyToId"] = activity;
        for (var tries = 1; ; tries++)
        {
            var outcome = await connector.PostAsync(to, said, cancellationToken);
            if (outcome is ConnectorOutcome.Posted) return;
            if (outcome is not ConnectorOutcome.Throttled(var after) || tries == MostTries)
            {
                Log.NotSaid(log, outcome switch
                {
                    ConnectorOutcome.Gone(var why) => why,
                    ConnectorOutcome.Refused(var why) => why,
                    ConnectorOutcome.Unreachable(var why) => why,
                    _ => "Teams has no time",
                });
                return;
            }

            await Task.Delay(BackOff.Before(tries, after, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Somebody who wrote to the bot in Teams got no answer: {Why}")]
        public static partial void NotSaid(ILogger log, string why);
    }
}
