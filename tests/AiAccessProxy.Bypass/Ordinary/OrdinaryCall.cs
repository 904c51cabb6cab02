using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Ordinary;

/// <summary>A call as a client of a public API writes it. <paramref name="Client"/> is the library that escaped and framed it.</summary>
/// <param name="Line">Where it stands in the API's file.</param>
internal sealed record OrdinaryCall(string Api, string Client, int Line, Spelling Spelling)
{
    public override string ToString() => $"{Api}.http:{Line} ({Client}) {Spelling.Method} {Spelling.Target}";
}
