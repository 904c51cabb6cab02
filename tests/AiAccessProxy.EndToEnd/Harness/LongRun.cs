namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Whether <c>./test.sh long</c> asked for larger generators.</summary>
internal static class LongRun
{
    public static bool IsAskedFor => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AIACCESS_TESTS_LONG"));
}
