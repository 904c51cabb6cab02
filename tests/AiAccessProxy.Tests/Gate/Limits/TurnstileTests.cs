using AiAccessProxy.Approvals;
using AiAccessProxy.Gate;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Tests.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate.Limits;

public class TurnstileTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_was_reset_before_anybody_looked_at_it_is_not_read(bool wasReset)
    {
        var options = Options.Create(new LimitOptions());
        var approvals = Options.Create(new ApprovalOptions());
        var places = new CallPlaces(options, approvals, new(options, approvals, _time), _time);
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(wasReset) };
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/bench/v1";

        var seen = 0;
        await new Turnstile(places, Refusals()).PassAsync(context, _ =>
        {
            seen = places.Taken;
            return Task.CompletedTask;
        });

        Assert.Equal(wasReset ? 0 : 1, seen);
        Assert.Equal(0, places.Taken);
    }

    private CallRefusals Refusals()
    {
        var (ledger, records) = (new AcceptingLedger(), new Records(new Instance(_time), _time));
        return new(ledger, new RefusalCounter(ledger, records, _time, NullLogger<RefusalCounter>.Instance), records);
    }
}
