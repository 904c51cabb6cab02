using System.IO.Pipelines;
using AiAccessProxy.Forwarding.Delivery;

namespace AiAccessProxy.Tests.Forwarding.Delivery;

public class DeliveriesTests
{
    private static readonly byte[] EndOfThree = [0, 0, 0, 0, 1, 0, 0, 0, 3];

    private readonly Deliveries _deliveries = new();

    // As the server sets its sockets: a flush waits until all of it was taken.
    private readonly Pipe _socket = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));

    [Fact]
    public async Task An_end_is_taken_when_the_socket_took_it_and_not_before()
    {
        var end = _deliveries.EndOf(3);
        var written = WriteAsync();
        Assert.False(end.IsCompleted);

        var read = await _socket.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.False(end.IsCompleted);
        _socket.Reader.AdvanceTo(read.Buffer.End);
        await written;
        Assert.True(await end);
    }

    [Fact]
    public async Task What_the_socket_lets_fall_is_not_taken_and_nothing_is_any_more()
    {
        var end = _deliveries.EndOf(3);
        var written = WriteAsync();
        await _socket.Reader.CompleteAsync();
        await written;
        Assert.False(await end);
        Assert.True(_deliveries.IsBroken);
        Assert.False(await _deliveries.EndOf(5));
    }

    [Fact]
    public async Task A_stream_that_the_agent_resets_first_is_not_taken_however_its_end_goes_out()
    {
        var end = _deliveries.EndOf(3);
        _deliveries.Saw([new(3, IsWhole: false)]);
        _deliveries.Saw([new(3, IsWhole: true)]);
        Assert.False(await end);
    }

    [Fact]
    public async Task A_reset_after_the_end_changes_nothing()
    {
        var end = _deliveries.EndOf(3);
        _deliveries.Saw([new(3, IsWhole: true), new(3, IsWhole: false)]);
        Assert.True(await end);
    }

    [Fact]
    public async Task A_connection_that_closes_leaves_nobody_waiting()
    {
        var before = _deliveries.EndOf(3);
        _deliveries.Close();
        Assert.False(await before);
        Assert.False(await _deliveries.EndOf(5));
        Assert.False(_deliveries.IsBroken);
    }

    [Fact]
    public async Task What_was_reset_is_read_from_the_agents_bytes_as_they_are_consumed()
    {
        var agent = new Pipe();
        var reader = new WatchedReader(agent.Reader, _deliveries, resets: null);
        var end = _deliveries.EndOf(3);
        await agent.Writer.WriteAsync((byte[])[.. new byte[StreamEnds.ClientPreface], .. EndOfThree, 0, 0, 4, 3, 0, 0, 0, 0, 3, 0, 0, 0, 8], TestContext.Current.CancellationToken);

        var read = await reader.ReadAsync(TestContext.Current.CancellationToken);
        reader.AdvanceTo(read.Buffer.GetPosition(read.Buffer.Length - 1));
        Assert.False(end.IsCompleted);
        Assert.True(reader.TryRead(out read));
        reader.AdvanceTo(read.Buffer.End);
        Assert.False(await end);
    }

    private async Task WriteAsync()
    {
        var writer = new WatchedWriter(_socket.Writer, _deliveries, new(preface: 0));
        // In two pieces: a frame may be.
        await Task.Yield();
        EndOfThree.AsSpan(0, 4).CopyTo(writer.GetSpan(4));
        writer.Advance(4);
        EndOfThree.AsSpan(4).CopyTo(writer.GetSpan(5));
        writer.Advance(5);
        await writer.FlushAsync(TestContext.Current.CancellationToken);
    }
}
