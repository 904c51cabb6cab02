using AiAccessProxy.Gate.Limits;

namespace AiAccessProxy.Tests.Gate.Limits;

public class ClosedConnectionsTests
{
    [Fact]
    public void What_thousands_of_closed_connections_leave_behind_is_collected_once_for_each_so_many()
    {
        var collected = 0;
        var closed = new ClosedConnections(() => Interlocked.Increment(ref collected));
        for (var i = 1; i < ClosedConnections.Many; i++) closed.Count();
        Assert.Equal(0, collected);

        Parallel.For(0, 2 * ClosedConnections.Many + 1, _ => closed.Count());
        Assert.Equal(3, collected);
    }
}
