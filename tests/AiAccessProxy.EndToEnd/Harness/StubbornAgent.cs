using System.Net.Sockets;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>An agent that repeats its identical call, wherever the proxy is by then, until it is told how it ended.</summary>
internal sealed class StubbornAgent(Func<Task<Agent>> plane, string target, string body)
{
    public string Target => target;

    /// <summary>How often it called.</summary>
    public int Tries { get; private set; }

    public async Task<Answer> AskAsync()
    {
        while (true)
        {
            var agent = await plane();
            try
            {
                Tries++;
                if (await agent.PostAsync(target, body) is var answer && answer.Problem != "not-recordable") return answer;
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
            {
                // The proxy died under it.
            }
        }
    }
}
