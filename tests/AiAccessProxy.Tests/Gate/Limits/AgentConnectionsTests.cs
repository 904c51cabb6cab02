using AiAccessProxy.Approvals;
using AiAccessProxy.Gate;
using AiAccessProxy.Gate.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate.Limits;

public class AgentConnectionsTests
{
    private readonly AgentConnections _connections = Connections(perAgent: 3);

    [Fact]
    public async Task When_all_are_taken_the_oldest_stranger_makes_room_and_agents_do_not()
    {
        var agent = Open();
        agent.Known();
        var (first, second) = (Open(), Open());

        var third = Open();
        Assert.True(first.IsClosed);
        Assert.False(agent.IsClosed || second.IsClosed || third.IsClosed);

        third.Known();
        second.Known();
        var late = Open();
        Assert.True(late.IsClosed);
        await late.Counted;
        Assert.False(agent.IsClosed || second.IsClosed || third.IsClosed);

        agent.End();
        await agent.Counted;
        Assert.False(Open().IsClosed);
        first.End();
        await first.Counted;
        Assert.False(second.IsClosed || third.IsClosed);
    }

    [Fact]
    public async Task However_connections_come_and_go_there_are_never_more_than_may_be()
    {
        var random = new Random(11);
        var open = new List<Opened>();
        for (var i = 0; i < 3000; i++)
        {
            if (random.Next(3) > 0) open.Add(Open());
            else if (open.Count > 0) open[random.Next(open.Count)].Known();
            if (random.Next(2) == 0 && open.Count > 0)
            {
                var ends = open[random.Next(open.Count)];
                ends.End();
                await ends.Counted;
                open.Remove(ends);
            }

            Assert.InRange(open.Count(one => !one.IsClosed), 0, 3);
        }
    }

    [Fact]
    public async Task One_agent_cannot_have_all_of_them()
    {
        var connections = Connections(perAgent: 2);
        Opened[] greedy = [new(connections), new(connections), new(connections)];
        foreach (var one in greedy) one.Known("greedy");

        var other = new Opened(connections);
        Assert.Equal([false, false, true, false], [.. greedy.Select(one => one.IsClosed), other.IsClosed]);

        other.Known("other");
        Assert.True(new Opened(connections).IsClosed);
        greedy[0].End();
        await greedy[0].Counted;
        var next = new Opened(connections);
        next.Known("greedy");
        Assert.True(new Opened(connections).IsClosed);
        Assert.False(next.IsClosed);
    }

    private static AgentConnections Connections(int perAgent)
    {
        var limits = Options.Create(new LimitOptions { Connections = 3, ConnectionsPerAgent = perAgent });
        var time = new ManualTime();
        var excess = new AgentExcess(limits, Options.Create(new ApprovalOptions()), time);
        return new(limits, excess, new(limits, Options.Create(new GateOptions()), time), new(() => { }));
    }

    private Opened Open() => new(_connections);

    private sealed class Opened : IAsyncDisposable
    {
        private readonly DefaultConnectionContext _context = new();
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _entered;

        public Opened(AgentConnections connections)
        {
            _context.ConnectionClosed = CancellationToken.None;
            Counted = connections.CountAsync(_context, _ =>
            {
                _entered = true;
                return _over.Task;
            });
        }

        public Task Counted { get; }

        /// <summary>Refused, or made to give its place.</summary>
        public bool IsClosed => !_entered || _context.Features.Get<AgentConnection>()!.HasGivenItsPlace;

        public void Known(string agent = "bot") => _context.Features.Get<AgentConnection>()?.IsAnAgents(agent);

        public void End() => _over.TrySetResult();

        public ValueTask DisposeAsync() => _context.DisposeAsync();
    }
}
