namespace AiAccessProxy.Tests.Approvals;

/// <summary>What is measured runs alone: other tests share the processor and the heap.</summary>
[CollectionDefinition(nameof(Measured), DisableParallelization = true)]
public sealed class Measured;
