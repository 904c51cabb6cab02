namespace AiAccessProxy.Commands;

/// <summary>What the exit code of a command means; <c>aiaccess --help</c> lists them. A number once given is never given another meaning.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It could not be done: a server that does not answer, a folder that cannot be read, a demo that proved nothing, a policy test that failed.</summary>
    public const int Failed = 1;

    /// <summary>What was given is wrong: arguments, settings or policies.</summary>
    public const int Wrong = 2;

    /// <summary>There is no such ticket, record or test.</summary>
    public const int NotFound = 3;

    /// <summary>The server knows who asks and refuses, or does not know who asks.</summary>
    public const int Refused = 4;

    /// <summary>The ticket is over; nothing changed.</summary>
    public const int TooLate = 5;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;

    public const string Help =
        "Exit codes: 0 done; 1 it could not be done, or a test failed; 2 arguments, settings or policies are wrong; 3 no such ticket, record or test; 4 refused; 5 too late; 130 interrupted.";
}
