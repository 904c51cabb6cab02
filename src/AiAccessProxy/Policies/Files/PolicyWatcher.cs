using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Takes over changes of the policy folder, whole or not at all. The file system's events are hints that make it quick; a look at the files
/// every second makes it sure, also where a mounted volume is swapped by a link: whoever is taken out of a group has lost it within two. Every
/// <see cref="PolicyOptions.Poll"/> they are read whole, in case a secret changed that they refer to.
/// </summary>
internal sealed partial class PolicyWatcher(
    PolicyStore store, IOptions<PolicyOptions> options, TimeProvider time, ILogger<PolicyWatcher> logger) : BackgroundService
{
    // Editors write a file in several steps.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task<bool>? _hinted;
    private string? _seen;
    private string? _stamp;
    private string? _told;

    /// <summary>Announces the first snapshot before anything listens; a host whose policy cannot be put on record does not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = Looks();
        var loaded = PolicyFiles.Load(options.Value.Folder, foreign: options.Value.ControlAudiences) as PolicyLoad.Loaded;
        await store.SwapAsync(loaded?.Snapshot ?? store.Current, cancellationToken);
        _stamp = loaded?.Stamp;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var events = Watch();
        while (true)
        {
            await HintOrPollAsync(stoppingToken);
            try
            {
                await ReloadAsync(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                // What is in force stays in force, and the same is tried again.
                Log.NotTakenOver(logger, failed);
            }
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        switch (PolicyFiles.Load(options.Value.Folder, foreign: options.Value.ControlAudiences))
        {
            case PolicyLoad.Loaded same when same.Stamp == _stamp:
                store.Settle();
                _told = null;
                break;
            case PolicyLoad.Loaded loaded:
                await store.SwapAsync(loaded.Snapshot, cancellationToken);
                (_stamp, _told) = (loaded.Stamp, null);
                Log.TakenOver(logger, loaded.Snapshot.Hash);
                break;
            case PolicyLoad.Refused refused when string.Join('\n', refused.Problems) is var told && told != _told:
                await store.RefuseAsync(new(time.GetUtcNow(), refused.Problems), cancellationToken);
                _told = told;
                foreach (var problem in refused.Problems) Log.Wrong(logger, problem);
                Log.Refused(logger, refused.Problems.Count, store.Current.Hash);
                break;
        }
    }

    private async Task HintOrPollAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < options.Value.Poll; waited += Look)
        {
            try
            {
                // One question outlasts the looks: a reader that is no longer waited for would take the next hint away.
                _hinted ??= _hints.Reader.WaitToReadAsync(cancellationToken).AsTask();
                await _hinted.WaitAsync(Look, time, cancellationToken);
                await Task.Delay(Quiet, time, cancellationToken);
                _hinted = null;
                while (_hints.Reader.TryRead(out _))
                {
                }

                break;
            }
            catch (TimeoutException)
            {
                if (Looks() != _seen) break;
            }
        }

        _seen = Looks();
    }

    /// <summary>What the files are, cheaply: what they say is not read.</summary>
    private string Looks() => PolicyFolder.Read(options.Value.Folder, []).Hash();

    private FileSystemWatcher? Watch()
    {
        try
        {
            var events = new FileSystemWatcher(options.Value.Folder);
            events.Changed += (_, _) => _hints.Writer.TryWrite(true);
            events.Created += (_, _) => _hints.Writer.TryWrite(true);
            events.Deleted += (_, _) => _hints.Writer.TryWrite(true);
            events.Renamed += (_, _) => _hints.Writer.TryWrite(true);
            events.EnableRaisingEvents = true;
            return events;
        }
        catch (Exception unwatchable) when (unwatchable is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.NotWatched(logger, unwatchable);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Policy {Hash} is in force")]
        public static partial void TakenOver(ILogger logger, string hash);

        [LoggerMessage(LogLevel.Error, "Policy problem: {Problem}")]
        public static partial void Wrong(ILogger logger, PolicyProblem problem);

        [LoggerMessage(LogLevel.Error, "The changed policy has {Count} problems and is refused; {Hash} stays in force")]
        public static partial void Refused(ILogger logger, int count, string hash);

        [LoggerMessage(LogLevel.Error, "The changed policy could not be taken over; the old one stays in force and it is tried again")]
        public static partial void NotTakenOver(ILogger logger, Exception failed);

        [LoggerMessage(LogLevel.Warning, "The policy folder gives no hints of changes; it is polled")]
        public static partial void NotWatched(ILogger logger, Exception unwatchable);
    }
}
