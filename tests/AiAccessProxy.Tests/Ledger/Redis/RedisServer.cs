using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>
/// A redis-server of the test's own on a free port of loopback, with a folder of its own. As the ledger wants it unless <c>settings</c> say
/// otherwise. Ended with the test, by its pid.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int SigStop = 19;
    private const int SigContinue = 18;
    private const int SigTerm = 15;

    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    private string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    /// <summary>With its data. Stays when the server is killed, and goes when this is disposed.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("aiaccess-redis-").FullName;

    public int Port { get; private set; }

    /// <summary>Another free port, which settings name <c>{port}</c>.</summary>
    public int OtherPort { get; private set; }

    /// <summary>As a configuration string.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public int Id => _process?.Id ?? throw new InvalidOperationException("The server does not run.");

    /// <param name="settings">As in <c>redis.conf</c>, one a text, the later before the earlier: <c>appendfsync everysec</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
        // Somebody else may take a free port before Redis does; it ends then.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            (server.Port, server.OtherPort) = (FreePort(), FreePort());
            if (await server.TryRunAsync()) return server;
        }

        throw new InvalidOperationException($"redis-server did not start:\n{server.Log}");
    }

    /// <summary>What it wrote about itself.</summary>
    public string Log => File.Exists(Path.Combine(Folder, "log")) ? File.ReadAllText(Path.Combine(Folder, "log")) : "";

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>SIGTERM, upon which it saves; returns when it is gone.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        Send(process.Id, SigTerm);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>Again on the same port with the data that lie there.</summary>
    /// <param name="settings">From now on beside those that it was started with, before which they go.</param>
    public async Task RestartAsync(params string[] settings)
    {
        await KillAsync();
        _settings = [.. _settings, .. settings];
        if (!await TryRunAsync()) throw new InvalidOperationException($"redis-server did not start again:\n{Log}");
    }

    /// <summary>A copy of its data as they are on disk now, into a folder that must not be there yet.</summary>
    public string Snapshot(string name)
    {
        var (from, to) = (Path.Combine(Folder, "appendonlydir"), Path.Combine(Folder, name));
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        return to;
    }

    /// <summary>Killed, and started on data of an earlier time: a restored backup.</summary>
    public async Task RollBackAsync(string snapshot)
    {
        await KillAsync();
        var data = Path.Combine(Folder, "appendonlydir");
        Directory.Delete(data, recursive: true);
        Directory.Move(snapshot, data);
        await RestartAsync();
    }

    /// <summary>SIGSTOP: connections stay, and nothing is answered.</summary>
    public void Pause() => Send(Id, SigStop);

    public void Continue() => Send(Id, SigContinue);

    /// <summary>One command, as redis-cli would send it; the raw reply. For what a test does to the store behind the product's back.</summary>
    public async Task<string> CliAsync(params string[] command)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{Port}", "--no-auth-warning", .. Password(), .. command])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await cli.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await cli.WaitForExitAsync(CancellationToken.None);
        return said.TrimEnd('\n');
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> TryRunAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server", ["-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("There is no redis-server.");
        await _process.StandardInput.WriteAsync(string.Join('\n',
        [
            "bind 127.0.0.1", $"port {Port}", $"dir {Folder}", $"logfile {Path.Combine(Folder, "log")}", "daemonize no", "save \"\"",
            "appendonly yes", "appendfsync always", "maxmemory-policy noeviction",
            .. _settings.Select(setting => setting.Replace("{port}", $"{OtherPort}", StringComparison.Ordinal)), "",
        ]));
        _process.StandardInput.Close();
        var (time, started) = (TimeProvider.System, TimeProvider.System.GetTimestamp());
        while (time.GetElapsedTime(started) < Generous)
        {
            if (_process.HasExited) break;
            if (await AnswersAsync()) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, CancellationToken.None);
        }

        await KillAsync();
        return false;
    }

    /// <summary>True once it serves: not while it still reads its data, and true also when it wants a password first.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
            await socket.GetStream().WriteAsync("PING\r\n"u8.ToArray(), patience.Token);
            var reply = new byte[64];
            var read = await socket.GetStream().ReadAsync(reply, patience.Token);
            return Encoding.ASCII.GetString(reply, 0, read) is var said && (said.StartsWith("+PONG", StringComparison.Ordinal) || said.StartsWith("-NOAUTH", StringComparison.Ordinal));
        }
        catch (Exception failed) when (failed is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private string[] Password() =>
        _settings.LastOrDefault(setting => setting.StartsWith("requirepass ", StringComparison.Ordinal)) is { } one ? ["-a", one["requirepass ".Length..]] : [];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Send(int pid, int signal)
    {
        if (Signal(pid, signal) != 0) throw new InvalidOperationException($"No process {pid} to signal.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}
