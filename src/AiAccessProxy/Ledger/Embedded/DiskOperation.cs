namespace AiAccessProxy.Ledger.Embedded;

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
