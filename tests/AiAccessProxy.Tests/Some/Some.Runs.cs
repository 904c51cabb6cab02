using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("AIACCESS_TESTS_LONG") == "1";

    /// <summary>
    /// A generator's chance: the same in every run, so that whatever is counted over its cases is the same, too; another one each time under
    /// <c>./test.sh long</c>, where FsCheck tells the seed of what fails.
    /// </summary>
    /// <param name="seed">Any number.</param>
    public static Config Seeded(int usual, ulong seed)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Runs(usual));
        return IsLong ? config : config.WithReplay(new Replay(new Rnd(seed), FSharpOption<int>.None));
    }

    /// <summary>How many cases a generator makes: <paramref name="usual"/>, or twenty times that under <c>./test.sh long</c>.</summary>
    public static int Runs(int usual) => IsLong ? usual * 20 : usual;
}
