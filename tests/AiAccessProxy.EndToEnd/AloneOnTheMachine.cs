namespace AiAccessProxy.EndToEnd;

/// <summary>Tests that measure time: no other test runs while one of them does.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public class AloneOnTheMachine;
