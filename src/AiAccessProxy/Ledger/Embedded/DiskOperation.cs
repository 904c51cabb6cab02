namespace AiAccessProxy.Ledger.Embedded;

/// <summary>What <see cref="Disk"/> is about to do with a file, so that tests can have each of them fail.</summary>
internal enum DiskOperation
{
    Open,
    Write,
    Sync,
    Truncate,
    Rename,
    Delete,
    SyncFolder,
}
