using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Keys that only instances hold, derived (HKDF-SHA256, RFC 5869) from the secrets in the settings and from the name of the ledger, so that what
/// was sealed for one ledger is nothing in another. The first secret seals, all open.
/// </summary>
internal sealed class SealKeys
{
    private readonly Dictionary<string, One> _all;

    public SealKeys(IEnumerable<string> secrets, string ledger)
    {
        var derived = secrets.Select(secret => new One(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(ledger))).ToList();
        First = derived[0];
        _all = derived.DistinctBy(one => one.Name).ToDictionary(one => one.Name);
    }

    /// <summary>The one that seals.</summary>
    public One First { get; }

    /// <summary>Null: sealed under a secret that is not, or no longer, among the settings; or by somebody who has none.</summary>
    public One? Find(string name) => _all.GetValueOrDefault(name);

    /// <summary>What one secret gives: a public name, and keys for each purpose.</summary>
    internal sealed class One
    {
        public One(byte[] secret, byte[] salt)
        {
            Name = Convert.ToHexStringLower(Derive(secret, salt, "name", 8));
            (State, Register, Record, Statement) =
                (Derive(secret, salt, "state", 32), Derive(secret, salt, "register", 32), Derive(secret, salt, "record", 32), Derive(secret, salt, "statement", 32));
        }

        public string Name { get; }

        /// <summary>Encrypts states (AES-256-GCM).</summary>
        public byte[] State { get; }

        /// <summary>And the next two authenticate (HMAC-SHA256), each for its purpose alone.</summary>
        public byte[] Register { get; }

        public byte[] Record { get; }

        public byte[] Statement { get; }

        private static byte[] Derive(byte[] secret, byte[] salt, string purpose, int length) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, salt, Encoding.ASCII.GetBytes($"ai-access-proxy/redis/1/{purpose}"));
    }
}
