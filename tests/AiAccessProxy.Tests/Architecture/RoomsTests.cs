using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Architecture;

/// <summary>The price of one project is that C# lets rooms import each other as they like; it is paid here.</summary>
public class RoomsTests
{
    private static readonly CompiledAssembly Product = new(typeof(Signals).Assembly.Location);

    private static readonly IReadOnlyList<Use> Uses =
        [.. Product.Uses(), .. Repository.CSharp("src").SelectMany(path => Rooms.NamedInSource(path, File.ReadAllText(Repository.PathOf(path))))];

    public static TheoryData<string> EveryRoom => [.. Rooms.Imports.Keys];

    public static TheoryData<string> EveryLibrary => [.. Rooms.Libraries.Keys];

    public static TheoryData<string> EveryAdapter => [.. Rooms.Adapters];

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void A_room_imports_only_what_its_row_allows(string room) => Assert.Empty(Rooms.ForbiddenImports(room, Uses));

    [Theory]
    [MemberData(nameof(EveryLibrary))]
    public void A_library_is_used_in_its_rooms_only(string library) => Assert.Empty(Rooms.StrayLibraries(library, Uses));

    [Theory]
    [MemberData(nameof(EveryAdapter))]
    public void A_contract_does_not_know_its_own_adapters(string adapter) => Assert.Empty(Rooms.KnownAdapters(adapter, Uses));

    [Fact]
    public void Every_room_has_its_row_and_every_row_its_room() =>
        Assert.Equal(Rooms.Imports.Keys.Order(), Product.Types.Select(type => type.Room).OfType<string>().Distinct().Order());

    [Fact]
    public void No_shared_type_lives_in_the_root_namespace() =>
        Assert.Equal(["Program"], Product.Types.Where(type => type.Room is null).Select(type => type.ToString()));

    [Fact]
    public void Rooms_import_each_other_in_no_circle() => Assert.Empty(Rooms.Circle(Uses));

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void A_forbidden_import_is_found(string room)
    {
        var forbidden = Rooms.Imports.Keys.Except([room, .. Rooms.ForAll, .. Rooms.Imports[room]]);
        foreach (var other in forbidden)
        {
            var breach = new Use(In($"AiAccessProxy.{room}"), In($"AiAccessProxy.{other}.Deep"));
            Assert.Single(Rooms.ForbiddenImports(room, [.. Uses, breach]), $"AiAccessProxy.{room}.Sample uses AiAccessProxy.{other}.Deep.Sample");
        }
    }

    [Theory]
    [MemberData(nameof(EveryLibrary))]
    public void A_stray_library_is_found(string library)
    {
        var theirs = new NamedType(library + "X", "Any", "Type");
        Assert.Single(Rooms.StrayLibraries(library, [new Use(In("AiAccessProxy.Agents"), theirs), new Use(In(Rooms.Libraries[library][0]), theirs)]));
    }

    [Theory]
    [MemberData(nameof(EveryAdapter))]
    public void A_contract_that_knows_its_adapter_is_found(string adapter)
    {
        var room = adapter.Split('.')[1];
        var registration = new NamedType("aiaccess", $"AiAccessProxy.{room}", $"{room}Room");
        Assert.Single(Rooms.KnownAdapters(adapter, [new Use(In($"AiAccessProxy.{room}"), In(adapter)), new Use(registration, In(adapter))]));
    }

    [Fact]
    public void A_circle_is_found()
    {
        NamedType first = In("AiAccessProxy.A"), second = In("AiAccessProxy.B"), third = In("AiAccessProxy.C");
        Assert.Empty(Rooms.Circle([new Use(first, second), new Use(second, third), new Use(first, third)]));
        Assert.Equal(3, Rooms.Circle([new Use(first, second), new Use(second, third), new Use(third, first)]).Count);
    }

    [Fact]
    public void A_use_that_only_a_method_body_makes_is_seen()
    {
        using var tests = new CompiledAssembly(typeof(RoomsTests).Assembly.Location);
        var sample = tests.Uses().Where(use => use.From.Name == nameof(UsesSample)).Select(use => use.To.Name).ToHashSet();

        Assert.Superset(new HashSet<string> { "Signals", "AgentDirectory", "ApiAction", "LedgerUnavailableException", "TicketId" }, sample);
    }

    [Fact]
    public void A_room_that_only_the_source_names_is_seen()
    {
        var uses = Rooms.NamedInSource("src/AiAccessProxy/Agents/X.cs", "using AiAccessProxy.Gate;\n/// AiAccessProxy.Control\nvar x = AiAccessProxy.Ledger.RecordKind.Started;");
        Assert.Equal(["Gate", "Ledger"], uses.Select(use => use.To.Room));
    }

    private static NamedType In(string space) => new("aiaccess", space, "Sample");
}
