using AiAccessProxy.Forwarding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace AiAccessProxy.Tests.Forwarding;

public class ForwardingRoomTests
{
    [Theory]
    [InlineData("Forwarding:ConnectTimeout", "00:00:00")]
    [InlineData("Forwarding:ConnectionLifetime", "-00:00:01")]
    public async Task A_setting_that_cannot_be_is_refused_at_start(string name, string value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new(name, value)]);
        builder.Services.AddForwarding(builder.Configuration);
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(name, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Targets_are_not_logged_even_where_everything_else_is()
    {
        using var logs = new Logs();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddForwarding(new ConfigurationBuilder().Build());
        using var provider = services.BuildServiceProvider();

        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IHttpForwarder).Namespace + ".HttpForwarder");
        Assert.False(logger.IsEnabled(LogLevel.Information)); // at which YARP tells where it sends to, query and all
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
