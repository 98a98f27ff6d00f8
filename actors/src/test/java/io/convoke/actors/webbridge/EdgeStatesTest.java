package io.convoke.actors.webbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.PeerCertificate;
import io.convoke.actors.state.StateSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EdgeStatesTest {
    private final List<C2wMessage> sent = new ArrayList<>();
    private final LinkTable links = new LinkTable();
    private final EdgeStates states = new EdgeStates();

    @Test
    void shouldSayWhatIsNewChangedOrGoneAndNothingTwice() throws Exception {
        // given
        greet(links.add(UUID.randomUUID(), connection(), Instant.EPOCH));

        // when
        states.update(List.of(relay("1"), relay("2")), links);
        states.update(List.of(relay("1"), relay("2")), links);
        states.update(List.of(relay("3")), links);
        states.update(List.of(), links);

        // then
        assertThat(sent)
                .containsExactly(
                        new C2wMessage.EdgeState("relays", "1", "{}"),
                        new C2wMessage.EdgeState("relays", "2", "{}"),
                        new C2wMessage.EdgeState("relays", "3", "{}"),
                        new C2wMessage.EdgeState("relays", "1", null),
                        new C2wMessage.EdgeState("relays", "2", null),
                        new C2wMessage.EdgeState("relays", "3", null));
    }

    @Test
    void shouldTellALaterCallbridgeEverything() throws Exception {
        // given
        states.update(List.of(relay("1")), links);
        LinkTable.Link link = links.add(UUID.randomUUID(), connection(), Instant.EPOCH);
        greet(link);

        // when
        states.greet(link);

        // then
        assertThat(sent).containsExactly(new C2wMessage.EdgeState("relays", "1", "{}"));
    }

    private void greet(LinkTable.Link link) throws Exception {
        Map<String, Object> key =
                new ECKeyGenerator(Curve.P_256).generate().toPublicJWK().toJSONObject();
        links.greeted(
                link, new C2wMessage.Hello(C2wMessage.VERSION, UUID.randomUUID(), "core", "test", key, List.of()));
    }

    private static StateSnapshot relay(String id) {
        return new StateSnapshot("relays", id, "edge", "{}");
    }

    private C2wConnection connection() {
        return new C2wConnection() {
            @Override
            public void send(C2wMessage message) {
                sent.add(message);
            }

            @Override
            public void close(C2wFailure why) {}

            @Override
            public PeerCertificate peer() {
                return new PeerCertificate("CN=core", List.of(), Instant.EPOCH, Instant.MAX, "00");
            }
        };
    }
}
