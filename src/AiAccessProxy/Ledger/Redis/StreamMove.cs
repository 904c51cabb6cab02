namespace AiAccessProxy.Ledger.Redis;

/// <summary>What an entry of the stream says about a register that moved with it.</summary>
/// <param name="Seal">Of the register's envelope: no other state of that revision is good.</param>
/// <param name="Before">The seal that it was moved from, as far as its writer had read; empty when it had not read so far.</param>
/// <param name="ForgetAfter">For an ended register: microseconds since 1970.</param>
internal sealed record StreamMove(string Id, long Revision, string Seal, string Before, bool IsLive, long? ForgetAfter);
