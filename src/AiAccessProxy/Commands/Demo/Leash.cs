namespace AiAccessProxy.Commands.Demo;

/// <summary>Ends a process of the demo when the demo lets go of its standard input, which the system does even when the demo is killed.</summary>
internal static class Leash
{
    public static async Task<int> HeldAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var letGo = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(letGo.Token);
        // Not Console.In: its async methods block.
        var holding = Console.OpenStandardInput().CopyToAsync(Stream.Null, cancellationToken);
        await Task.WhenAny(working, holding);
        await letGo.CancelAsync();
        return await working;
    }
}
