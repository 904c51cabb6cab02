namespace AiAccessProxy.Commands;

/// <summary>What the exit code of a command means; <c>aiaccess --help</c> lists them. A number once given is never given another meaning.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It could not be done: a server that does not answer, a folder that cannot be read, a demo that proved nothing, a policy test that failed, a server that needs somebody to look.</summary>
    public const int Failed = 1;

    /// <summary>What was given is wrong: arguments, settings or policies.</summary>
    public const int Wrong = 2;

    /// <summary>There is no such ticket, agent, key, record or test.</summary>
    public const int NotFound = 3;

    /// <summary>The server knows who asks and refuses, or does not know who asks.</summary>
    public const int Refused = 4;

    /// <summary>The ticket is over, or what is asked is at odds with what happened meanwhile; nothing changed.</summary>
    public const int TooLate = 5;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;

    public const string Help =
        "Exit codes: 0 done; 1 it could not be done, a test failed, or a server needs somebody to look; 2 arguments, settings or policies are wrong; 3 no such ticket, agent, key, record or test; 4 refused: the key is unknown or may not; 5 too late, or at odds with what happened meanwhile: nothing was done; 130 interrupted.";
}
