namespace AiAccessProxy.Commands.Demo;

/// <summary>A vote that the demo casts by itself through the API, with a personal key, as somebody other than who may click.</summary>
internal sealed record DemoVote(string Person, bool Approve)
{
    public const string Voter = "lin";
}
