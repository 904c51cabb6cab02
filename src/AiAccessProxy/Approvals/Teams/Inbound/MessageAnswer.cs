using System.Text.Json.Nodes;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>What an activity is answered with over HTTP.</summary>
internal abstract record MessageAnswer
{
    private MessageAnswer()
    {
    }

    /// <param name="Body">Of an invoke; null: none.</param>
    public sealed record Taken(JsonObject? Body) : MessageAnswer;

    /// <summary>An invoke of a kind that nothing here answers (501).</summary>
    public sealed record NotKnown : MessageAnswer;

    /// <summary>It is no activity that Teams sends.</summary>
    public sealed record Unreadable(string Why) : MessageAnswer;

    /// <summary>It is from elsewhere.</summary>
    public sealed record Foreign(string Why) : MessageAnswer;

    /// <summary>It was heard before, and nothing was done again.</summary>
    public sealed record Replayed : MessageAnswer;
}
