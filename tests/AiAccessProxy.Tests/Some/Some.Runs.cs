namespace AiAccessProxy.Tests;

internal static partial class Some
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("AIACCESS_TESTS_LONG") == "1";

    /// <summary>How many cases a generator makes: <paramref name="usual"/>, or twenty times that under <c>./test.sh long</c>.</summary>
    public static int Runs(int usual) => IsLong ? usual * 20 : usual;
}
