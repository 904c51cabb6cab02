using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>Whether the product still serves after all that was sent to it.</summary>
internal static class Alive
{
    /// <summary>The mark of the call that is made to see it.</summary>
    public const string Number = "alive";

    public static Task CheckAsync(Lab lab) => CheckAsync(lab, "/open/v1/charges/ch_1");

    /// <param name="target">One that everybody may get.</param>
    public static async Task CheckAsync(Lab lab, string target)
    {
        await using var adversary = await lab.ConnectAsync();
        var answer = await adversary.CallAsync(Spelling.Of("GET", target), lab.Policies.Bot, Number);
        Assert.Equal(200, answer?.Status);
        Assert.Single(lab.Upstream.Requests, request => request.Header(Spelling.CaseHeader) == Number);
    }
}
