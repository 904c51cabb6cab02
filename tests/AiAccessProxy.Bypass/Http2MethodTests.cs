using System.Text;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>
/// The server looks a method up by its characters and fails on some beyond ASCII: a stream that it fails on gets no answer, keeps its place
/// on the connection and makes stopping wait.
/// </summary>
public class Http2MethodTests
{
    private static readonly string[] Known = ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "é", "ü", "ÿÿÿ"];

    private static readonly string[] Beyond = ["é", "ſ", "К", "Ａ", "\uFFFD", "\uFFFF", "😀", "\u0100", "\u0080"];

    [Fact]
    public async Task A_method_beyond_ASCII_ends_its_stream_and_the_connection_goes_on()
    {
        var ground = new AnythingGround();
        await using var lab = await Lab.StartTlsAsync(ground.Write);
        await using var adversary = await lab.ConnectHttp2Async();
        foreach (var method in Methods().Distinct())
        {
            // A character for each byte: once as UTF-8, once as it would be read from no encoding at all.
            var answer = await adversary.CallAsync(Spelling.Of(method, "/anything/a"), lab.Policies.Bot, "odd");
            Assert.True(answer is null or { Status: 400 }, $"{answer?.Said} for {method}");
            Assert.True(adversary.IsOpen);
        }

        var after = await adversary.CallAsync(Spelling.Of("GET", "/anything/a"), lab.Policies.Bot, "after");
        Assert.Equal(200, after?.Status);
        Assert.Single(lab.Upstream.Requests);
    }

    private static IEnumerable<string> Methods()
    {
        foreach (var method in Known)
            foreach (var odd in Beyond.Select(Wire))
                for (var at = 0; at <= method.Length; at++)
                {
                    yield return Wire(method[..at]) + odd + Wire(method[at..]);
                    if (at < method.Length) yield return Wire(method[..at]) + odd + Wire(method[(at + 1)..]);
                }
    }

    private static string Wire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
