using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Gate;
using AiAccessProxy.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate;

public class RefusalProblemsTests
{
    private static readonly PlaneAddress Plane = new(Options.Create(new GateOptions { PublicUrl = "https://ai-access.test" }));

    public static TheoryData<string> Statuses => [.. Enum.GetNames<TicketStatus>()];

    [Fact]
    public void Every_case_of_a_refusal_has_an_answer()
    {
        var cases = typeof(Refused).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Refused))).ToHashSet();
        var answered = Samples().Select(sample => sample.GetType()).ToHashSet();

        Assert.Equal(cases, answered);
        Assert.All(Samples(), sample =>
        {
            var problem = RefusalProblems.Of(sample, WhenPending.Refuse, Plane, DateTimeOffset.UnixEpoch);
            Assert.InRange(problem.Status, 400, 503);
            Assert.EndsWith(".", problem.Detail, StringComparison.Ordinal);
            Assert.NotEmpty(problem.NextAction);
        });
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_task_speaks_the_words_of_the_access_request_profile(string status)
    {
        var task = TicketTask.Of(Some.Ticket() with { Status = Enum.Parse<TicketStatus>(status) }, Plane);

        Assert.Contains(task.Status, new[] { "pending", "approved", "denied", "expired", "cancelled", "failed" });
        Assert.Contains(task.Execution, new[] { "none", "executing", "executed", "failed", "unknown" });
        Assert.Equal(status == nameof(TicketStatus.Executed), task.Executed);
        Assert.Equal("https://ai-access.test/.ai-access/tickets/t_0198", task.StatusEndpoint.ToString());
    }

    [Fact]
    public void Only_a_call_that_was_neither_executed_nor_denied_by_a_person_may_be_repeated()
    {
        bool Retryable(Refused refused) => RefusalProblems.Of(refused, WhenPending.Refuse, Plane, DateTimeOffset.UnixEpoch).Retryable;

        Assert.False(Retryable(new Refused.Ended(Some.Ticket() with { Status = TicketStatus.Denied })));
        Assert.All(
            [TicketStatus.Executed, TicketStatus.Unknown, TicketStatus.Executing],
            status => Assert.False(Retryable(new Refused.AlreadyExecuted(Some.Ticket() with { Status = status }))));
        Assert.All(
            [TicketStatus.Expired, TicketStatus.Lapsed, TicketStatus.Cancelled],
            status => Assert.True(Retryable(new Refused.Ended(Some.Ticket() with { Status = status }))));
    }

    [Theory]
    [InlineData(nameof(WhenPending.Refuse), 403, false)]
    [InlineData(nameof(WhenPending.Retry), 503, true)]
    public void A_pending_call_is_answered_as_its_route_says(string then, int status, bool retryAfter)
    {
        var problem = RefusalProblems.Of(
            new Refused.StillPending(Some.Ticket()), Enum.Parse<WhenPending>(then), Plane, DateTimeOffset.UnixEpoch);

        Assert.Equal((status, "approval-pending", true), (problem.Status, problem.Kind, problem.Retryable));
        Assert.Equal(retryAfter, problem.RetryAfter is not null);
    }

    [Fact]
    public async Task What_SDKs_show_stands_beside_the_members_of_the_RFC_and_useless_repeats_are_discouraged()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await ProblemWriter.WriteAsync(context, EntryProblems.UnknownAgent);

        context.Response.Body.Position = 0;
        using var body = await JsonDocument.ParseAsync(context.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        var root = body.RootElement;
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal("false", context.Response.Headers["x-should-retry"]);
        Assert.Equal("urn:ai-access:problem:unknown-agent", root.GetProperty("type").GetString());
        Assert.Equal(root.GetProperty("detail").GetString(), root.GetProperty("message").GetString());
        Assert.Equal(root.GetProperty("detail").GetString(), root.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("unknown-agent", root.GetProperty("error").GetProperty("code").GetString());
    }

    private static IEnumerable<Refused> Samples() =>
    [
        new Refused.Denied(new Decision.Deny { Rules = [], Reason = "A rule says so." }),
        new Refused.ContextRequired([ClaimName.Reason], []),
        new Refused.TicketTooLarge([]),
        new Refused.StillPending(Some.Ticket()),
        new Refused.Ended(Some.Ticket() with { Status = TicketStatus.Denied }),
        new Refused.AlreadyExecuted(Some.Ticket() with { Status = TicketStatus.Executed }),
        new Refused.KeyReused(Some.Ticket()),
        new Refused.AgentSuspended(new("mallory", DateTimeOffset.UnixEpoch, "it runs wild")),
        new Refused.TooMany("held calls", 3),
    ];
}
