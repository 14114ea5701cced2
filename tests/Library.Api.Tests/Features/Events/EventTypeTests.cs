using Library.Hosting.Events;

namespace Library.Api.Tests.Features.Events;

public class EventTypeTests
{
    [Fact]
    public void A_stored_name_tells_the_name_on_the_wire()
    {
        foreach (var type in EventType.All) EventType.NameOf(type.StoredName).ShouldBe(type.Name);
    }
}
