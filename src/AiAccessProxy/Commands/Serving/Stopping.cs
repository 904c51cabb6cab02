using AiAccessProxy.Approvals;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The way out, in an order that loses nothing: those who would send more are told, held calls are answered, calls that are under way end with all that
/// they leave on record, and only then does anything stop that they need. How long that may take is for whoever stops the process to say, by ending it.
/// </summary>
internal static class Stopping
{
    /// <param name="cancellationToken">Tells it to stop, as a signal does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> UntilStoppedAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = app.Lifetime.ApplicationStopping.Register(told.SetResult);
        await using var cancelled = cancellationToken.Register(app.Lifetime.StopApplication);
        await told.Task;
        var services = app.Services;
        using var again = new SecondSignal(services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SecondSignal>>());
        try
        {
            await services.GetRequiredService<Leaving>().LeaveAsync(again.Token);
            await services.GetRequiredService<OpenConnections>().CloseAsync(again.Token);
        }
        catch (OperationCanceledException) when (again.Token.IsCancellationRequested)
        {
            // Nobody is waited for any more: the server cuts off what is left.
        }

        await app.StopAsync(again.Token);
        return again.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }
}
