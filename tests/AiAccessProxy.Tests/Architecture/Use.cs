namespace AiAccessProxy.Tests.Architecture;

/// <summary>One type that makes use of another: outermost type on either side, generated code counted to the type that holds it.</summary>
internal readonly record struct Use(NamedType From, NamedType To);
