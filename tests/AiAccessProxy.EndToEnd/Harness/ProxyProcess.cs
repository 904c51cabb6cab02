namespace AiAccessProxy.EndToEnd.Harness;

/// <summary><c>aiaccess serve</c> as a process of its own, on free ports of the loopback.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly ChildProcess _child;

    private ProxyProcess(ChildProcess child, Uri agents, Uri console) => (_child, Agents, Console) = (child, agents, console);

    /// <summary>The agent plane.</summary>
    public Uri Agents { get; }

    /// <summary>The control plane.</summary>
    public Uri Console { get; }

    public int Id => _child.Id;

    public long ResidentBytes => _child.ResidentBytes;

    /// <summary>All that it logged, and what it said beside that.</summary>
    public string Log => $"{_child.Errors}\n{_child.Output}";

    /// <summary>For people: whether it runs, and with what it ended otherwise.</summary>
    public string Standing => _child.Standing;

    public static async Task<ProxyProcess> StartAsync(
        string policies, string data, IReadOnlyList<string> settings, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var child = Launch(policies, data, settings, environment);
        try
        {
            var agents = AddressIn(await child.LineAsync("agents "));
            return new(child, agents, AddressIn(await child.LineAsync("console ")));
        }
        catch
        {
            // Nobody else would end what did not start in time.
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting for it to listen: for starts that are to be refused.</summary>
    public static ChildProcess Launch(
        string policies, string data, IReadOnlyList<string> settings, IReadOnlyDictionary<string, string?>? environment = null) =>
        Command(
            ["serve", "--policies", policies, "--data", data, "--gate:url", "http://127.0.0.1:0", "--control:url", "http://127.0.0.1:0", .. settings],
            environment);

    /// <summary>Any command of the built program. A shell makes it deaf to SIGXFSZ, so that a test may take away its right to write.</summary>
    public static ChildProcess Command(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        ChildProcess.Start("/bin/sh", ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", Built.Dotnet, "exec", Built.Program, .. arguments], environment);

    public async Task<Uri> SignInAsync() => AddressIn(await _child.LineAsync("sign in "));

    public Task KillAsync() => _child.KillAsync();

    public Task<int> StopAsync() => _child.StopAsync();

    /// <summary>SIGTERM, and no wait; false when it has ended.</summary>
    public bool Tell() => _child.Tell();

    /// <summary>The exit code, once it has ended by itself.</summary>
    public Task<int> ExitAsync() => _child.ExitAsync(Eventually.Generous);

    /// <summary>SIGSTOP, as a machine that is out of breath; returns when it stands still.</summary>
    public Task PauseAsync()
    {
        _child.Pause();
        return Eventually.HoldsAsync(() => File.ReadLines($"/proc/{Id}/status").Any(line => line.StartsWith("State:\tT", StringComparison.Ordinal)), "it stands still");
    }

    public void Continue() => _child.Continue();

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static Uri AddressIn(string line) => new(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
}
