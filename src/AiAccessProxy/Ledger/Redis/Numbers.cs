namespace AiAccessProxy.Ledger.Redis;

/// <summary>The running numbers that a process gives to its records, and what became of each.</summary>
internal sealed class Numbers
{
    /// <summary>Void numbers that are told at once; who follows has asked for older ones long since.</summary>
    private const int MostTold = 2000;

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private readonly SortedSet<long> _void = [];
    private readonly SortedSet<long> _unsure = [];
    private long _last;
    private long _from = 1;

    public long Next()
    {
        lock (_lock)
        {
            _open.Add(++_last);
            return _last;
        }
    }

    public void Stand(IEnumerable<long> numbers) => Settle(numbers, null);

    public void Refused(IEnumerable<long> numbers) => Settle(numbers, _void);

    public void Unsure(IEnumerable<long> numbers) => Settle(numbers, _unsure);

    public Statement Say(string writer, long began, long at)
    {
        lock (_lock)
            return new(writer, began, at, _last, _from, _open.Count == 0 ? _last : _open.Min - 1, [.. _void], [.. _unsure]);
    }

    private void Settle(IEnumerable<long> numbers, SortedSet<long>? among)
    {
        lock (_lock)
        {
            foreach (var number in numbers)
            {
                if (_open.Remove(number)) among?.Add(number);
            }

            while (among?.Count > MostTold)
            {
                _from = Math.Max(_from, among.Min + 1);
                among.Remove(among.Min);
            }
        }
    }
}
