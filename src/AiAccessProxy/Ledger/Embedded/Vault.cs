using System.Security.Cryptography;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// The keys of live registers, in slots of a file that was written out in full beforehand: keys are overwritten where they lie, so that what
/// an ended register held can be read from no segment, snapshot or old page any more, and taking one needs no space on a full disk.
/// A slot of zeros is free. Slots do not straddle sectors. Not for two threads at once.
/// </summary>
internal sealed class Vault : IDisposable
{
    public const string FileName = "vault";
    private const int FirstSlots = 4096;

    private readonly DiskFile _file;
    private readonly Dictionary<RegisterId, int> _slots = [];
    private readonly SortedSet<int> _free = [];
    private readonly SortedSet<int> _unwritten = [];
    private byte[] _keys;
    // After a failed fsync the kernel believes its pages clean, so only writing them again tells.
    private bool _suspect = true;

    private Vault(DiskFile file, byte[] keys)
    {
        _file = file;
        _keys = keys;
        _free.UnionWith(Enumerable.Range(0, keys.Length / StateSeal.KeyBytes));
    }

    public bool IsDirty => _suspect || _unwritten.Count > 0;

    public static Vault Open(Disk disk, string folder)
    {
        var file = disk.Open(Path.Combine(folder, FileName), FileMode.OpenOrCreate);
        try
        {
            // Somebody may have deleted the lock file for a stale one. This file nobody deletes.
            if (!Posix.TryLock(file.Handle, file.Path)) throw FolderLock.InUse(folder);
            var keys = file.ReadAll();
            var whole = Math.Max(FirstSlots * StateSeal.KeyBytes, (keys.Length + StateSeal.KeyBytes - 1) / StateSeal.KeyBytes * StateSeal.KeyBytes);
            Array.Resize(ref keys, whole);
            return new(file, keys);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the state that a register had when the ledger was last open. Null: its slot does not hold its key.</summary>
    public Register? Recall(Register register, SealedState state)
    {
        if (!_free.Contains(state.Slot) || StateSeal.Open(KeyIn(state.Slot), register, state.Bytes) is not { } opened) return null;
        _free.Remove(state.Slot);
        _slots[register.Id] = state.Slot;
        return opened;
    }

    /// <summary>Erases every key that no register was recalled with: left by a crash before its first line, or after its last.</summary>
    public void EraseUnclaimed()
    {
        foreach (var slot in _free) KeyIn(slot).Clear();
        _suspect = true;
        Sync();
    }

    /// <summary>Seals a state with the register's key, making one when it has none; <see cref="Sync"/> before the line is written.</summary>
    public SealedState Seal(Register register, out bool isNew)
    {
        isNew = !_slots.TryGetValue(register.Id, out var slot);
        if (isNew)
        {
            if (_free.Count == 0) Grow();
            slot = _free.Min;
            _free.Remove(slot);
            _slots[register.Id] = slot;
            RandomNumberGenerator.Fill(KeyIn(slot));
            _unwritten.Add(slot);
        }

        return new(slot, StateSeal.Seal(KeyIn(slot), register));
    }

    /// <summary>Overwrites the register's key; it is gone when <see cref="Sync"/> returns.</summary>
    public void Erase(RegisterId id)
    {
        if (!_slots.Remove(id, out var slot)) return;
        KeyIn(slot).Clear();
        _unwritten.Add(slot);
        _free.Add(slot);
    }

    public void Sync()
    {
        if (!IsDirty) return;
        try
        {
            if (_suspect) _file.Write(_keys, 0);
            else foreach (var slot in _unwritten) _file.Write(KeyIn(slot), (long)slot * StateSeal.KeyBytes);
            _suspect = true;
            _file.Sync();
            _suspect = false;
            _unwritten.Clear();
        }
        catch
        {
            _suspect = true;
            throw;
        }
    }

    public void Dispose()
    {
        if (_file.Handle.IsClosed) return;
        CryptographicOperations.ZeroMemory(_keys);
        Posix.Unlock(_file.Handle);
        _file.Dispose();
    }

    private void Grow()
    {
        var slots = _keys.Length / StateSeal.KeyBytes;
        _file.Write(new byte[_keys.Length], _keys.Length);
        var larger = GC.AllocateUninitializedArray<byte>(_keys.Length * 2);
        _keys.CopyTo(larger, 0);
        larger.AsSpan(_keys.Length).Clear();
        CryptographicOperations.ZeroMemory(_keys);
        _keys = larger;
        _free.UnionWith(Enumerable.Range(slots, slots));
    }

    private Span<byte> KeyIn(int slot) => _keys.AsSpan(slot * StateSeal.KeyBytes, StateSeal.KeyBytes);
}
