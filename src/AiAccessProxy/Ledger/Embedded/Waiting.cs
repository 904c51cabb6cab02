namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Somebody who waits for the writer.</summary>
internal abstract class Waiting
{
    private Waiting()
    {
    }

    /// <summary>Moves a register that is there, so that the space reserved for that is given up for it.</summary>
    public virtual bool IsEdge => false;

    /// <summary>For what a known person does, about the bytes that it takes; 0 for all else.</summary>
    public virtual long PersonsBytes => 0;

    /// <summary>Is refused while the disk is full, so that what is reserved stays for edges.</summary>
    public virtual bool NeedsRoom => true;

    /// <summary>Puts what is asked for on the stage, and the answer aside.</summary>
    public abstract void Enter(Stage stage);

    /// <summary>Gives the answer: only once it is as safe as was promised.</summary>
    public abstract void Settle();

    public abstract void Fail(Exception why);

    /// <summary>A record that moves nothing.</summary>
    public sealed class Append(byte[] stored) : For<Position>
    {
        public override void Enter(Stage stage) => Answer(stage.Add(stored));
    }

    /// <summary>A change, and its records as they will be kept.</summary>
    public sealed class Commit(Change change, IReadOnlyList<byte[]> stored) : For<Outcome>
    {
        /// <summary>What a line has beside what is kept in it, generously.</summary>
        private const int LineBytes = 256;

        // Opening a ticket is the agent's doing, and junk can do it too.
        public override bool IsEdge => change.Moves.Count > 0 && change.Moves.All(move => move.FromRevision > 0);

        public override long PersonsBytes => change.IsPersons && !IsEdge
            ? stored.Sum(record => record.Length + LineBytes) + change.Moves.Sum(move => move.State.Length + LineBytes)
            : 0;

        public override bool NeedsRoom => !IsEdge && !change.IsPersons;

        public override void Enter(Stage stage)
        {
            try
            {
                Answer(stage.Add(change, stored));
            }
            catch (ArgumentException wrong)
            {
                // Its caller is wrong; nobody else in the batch is to suffer for it.
                Refuse(wrong);
            }
        }
    }

    /// <summary>Wants what was answered so far to be on disk, and the store to recover if it can.</summary>
    public sealed class Flush : For<Position>
    {
        public bool IsTimed { get; init; }

        public override bool NeedsRoom => false;

        public override void Enter(Stage stage) => Answer(stage.Last);
    }

    public abstract class For<T> : Waiting
    {
        // The writer must never run the code of those who wait for it.
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _answer;
        private ArgumentException? _refusal;

        public Task<T> Task => _source.Task;

        public override void Settle()
        {
            if (_refusal is null) _source.TrySetResult(_answer!);
            else _source.TrySetException(_refusal);
        }

        public override void Fail(Exception why) => _source.TrySetException(why);

        private protected void Answer(T answer) => _answer = answer;

        private protected void Refuse(ArgumentException why) => _refusal = why;
    }
}
