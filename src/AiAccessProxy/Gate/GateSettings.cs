using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate;

/// <summary>What the gate needs to know of its surroundings.</summary>
internal sealed record GateSettings(PlaneAddress Plane, IOptions<GateOptions> Options, TimeProvider Time);
