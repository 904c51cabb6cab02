using AiAccessProxy.Control;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// Reads the files of certificates again and again, whole: times and links of files tell too little where volumes are mounted and swapped.
/// Files that cannot be used change nothing but the alarm.
/// </summary>
internal sealed partial class CertificateWatch(
    PlaneCertificates certificates, CertificateHealth health, IOptions<TlsOptions> options, ILogger<CertificateWatch> log) : BackgroundService
{
    private readonly Dictionary<string, string> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!certificates.OfAgents.IsThere && !certificates.OfControl.IsThere) return;
        Look();
        using var timer = new PeriodicTimer(options.Value.Poll, certificates.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    /// <summary>Reads once.</summary>
    public void Look()
    {
        foreach (var plane in new[] { certificates.OfAgents, certificates.OfControl }.Where(plane => plane.IsThere)) Look(plane);
    }

    private void Look(PlaneCertificate plane)
    {
        var (before, wrong) = (plane.Content, plane.Read());
        var (until, left) = (plane.GoodUntil!.Value, plane.GoodUntil!.Value - certificates.Time.GetUtcNow());
        if (plane.Content != before) Log.Renewed(log, plane.Section, until);

        var state = wrong.Count > 0 ? wrong[0] : "";
        var alarms = wrong.Count > 0
            ? (List<string>)[$"{plane.Section}: The files of the certificate cannot be used, and the one before is shown still; the log says why."]
            : [];
        if (left <= options.Value.ExpiryAlarm)
        {
            state += left > TimeSpan.Zero ? "/ends" : "/ended";
            alarms.Add($"{plane.Section}: The certificate {(left > TimeSpan.Zero ? "ends" : "ended")} at {until:u}.");
        }

        health.Tell(plane.Section, alarms);
        if (_told.GetValueOrDefault(plane.Section, "") == state) return;
        _told[plane.Section] = state;
        if (wrong.Count > 0) Log.Unusable(log, wrong[0]);
        if (left <= TimeSpan.Zero) Log.Ended(log, plane.Section, until);
        else if (left <= options.Value.ExpiryAlarm) Log.Ends(log, plane.Section, until, Quantity.Words(options.Value.ExpiryAlarm));
        if (state.Length == 0) Log.Well(log, plane.Section);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Plane}: a new certificate is shown from now on, good until {Until:u}.")]
        public static partial void Renewed(ILogger log, string plane, DateTimeOffset until);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}. The certificate before is shown still.")]
        public static partial void Unusable(ILogger log, string problem);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Plane}: the certificate ends at {Until:u}, within {Alarm}.")]
        public static partial void Ends(ILogger log, string plane, DateTimeOffset until, string alarm);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Plane}: the certificate ended at {Until:u}; clients refuse it.")]
        public static partial void Ended(ILogger log, string plane, DateTimeOffset until);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Plane}: the files of the certificate are well again.")]
        public static partial void Well(ILogger log, string plane);
    }
}
