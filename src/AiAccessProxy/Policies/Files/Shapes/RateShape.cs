using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>How often each agent may call.</summary>
internal sealed record RateShape
{
    [Description("From 1 to 10000.")]
    [Schema("""{ "minimum": 1, "maximum": 10000 }""")]
    public required int Calls { get; init; }

    [Description("In what time: 1m.")]
    [Span("1s", "1d")]
    public required string Within { get; init; }
}
