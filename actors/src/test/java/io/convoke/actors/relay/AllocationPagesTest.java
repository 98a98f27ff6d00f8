package io.convoke.actors.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.media.relay.AllocationView;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AllocationPagesTest {
    private static final UUID PARTICIPANT = new UUID(2, 2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldTellEverythingOfAnAllocation() throws Exception {
        // when
        JsonNode json = JSON.readTree(AllocationPages.one(
                List.of(FakeRelay.view("1900000000:" + PARTICIPANT, 1)), new UUID(7, 1), FakeRelay.NOW));

        // then
        assertThat(json).isEqualTo(JSON.readTree("""
                        {"id": "00000000-0000-0007-0000-000000000001", "user": "1900000000:%s", "participant": "%s",
                        "transport": "udp", "client": "192.0.2.10:1001", "server": "192.0.2.1:3478",
                        "relayed": ["192.0.2.1:50001"], "peerTransport": "udp", "permissionCount": 1, "channelCount": 1,
                        "permissions": ["198.51.100.7"], "channels": [{"number": "0x4001", "peer": "198.51.100.7:40000"}],
                        "packetsToPeers": 1, "bytesToPeers": 172, "packetsToClient": 2, "bytesToClient": 344,
                        "packetsDropped": 3, "since": "2026-02-23T08:59:00Z", "expires": "2026-02-23T09:09:00Z",
                        "lifetimeSeconds": 540}""".formatted(PARTICIPANT, PARTICIPANT)));
    }

    @Test
    void shouldShowThePageAskedForAndWhereTheNextOneBegins() throws Exception {
        // given
        List<AllocationView> all =
                IntStream.range(0, 50).mapToObj(i -> FakeRelay.view("ann", i)).toList();

        // when
        JsonNode page = page(all, new RelayRequest.Show(10, 5, null, null));

        // then
        assertThat(page.path("total").asInt()).isEqualTo(50);
        assertThat(page.path("next").asInt()).isEqualTo(15);
        assertThat(page.path("allocations")).hasSize(5);
        assertThat(page.path("allocations").get(0).path("id").asText()).isEqualTo(new UUID(7, 10).toString());
        assertThat(page(all, new RelayRequest.Show(45, 100, null, null))
                        .path("next")
                        .isNull())
                .isTrue();
        assertThat(page(all, new RelayRequest.Show(999_999_999, 100, null, null))
                        .path("allocations"))
                .isEmpty();
    }

    @Test
    void shouldFindThoseOfAUserAndOfAParticipant() throws Exception {
        // given
        List<AllocationView> all = List.of(
                FakeRelay.view("ann", 1), FakeRelay.view("bob", 2), FakeRelay.view("1900000000:" + PARTICIPANT, 3));

        // then
        assertThat(ids(page(all, new RelayRequest.Show(0, 10, "bob", null)))).containsExactly(2L);
        assertThat(ids(page(all, new RelayRequest.Show(0, 10, null, PARTICIPANT))))
                .containsExactly(3L);
    }

    @Test
    void shouldNeverGrowBeyondWhatGoesBetweenNodes() throws Exception {
        // given
        List<AllocationView> all = IntStream.range(0, 10_000)
                .mapToObj(i -> FakeRelay.view("ann", i))
                .toList();

        // when
        int offset = 0;
        int pages = 0;
        for (JsonNode next = null; next == null || !next.isNull(); pages++) {
            String json = AllocationPages.page(all, new RelayRequest.Show(offset, 1000, null, null), FakeRelay.NOW);
            assertThat(json.length()).isLessThan(AllocationPages.MOST_CHARS + 200);
            next = JSON.readTree(json).path("next");
            offset = next.asInt();
        }

        // then
        assertThat(pages).isBetween(20, 100);
    }

    private static List<Long> ids(JsonNode page) {
        return page.path("allocations").findValuesAsText("id").stream()
                .map(id -> UUID.fromString(id).getLeastSignificantBits())
                .toList();
    }

    private static JsonNode page(List<AllocationView> all, RelayRequest.@Nullable Show show) throws Exception {
        return JSON.readTree(AllocationPages.page(all, java.util.Objects.requireNonNull(show), FakeRelay.NOW));
    }
}
