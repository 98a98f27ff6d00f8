package io.convoke.actors.xmpp.server;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import io.convoke.media.xmpp.Listener;
import io.convoke.protocols.xmpp.StreamCondition;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final InetSocketAddress ANY = InetSocketAddress.createUnresolved("127.0.0.1", 5222);

    private final TestXmppNode node = new TestXmppNode(null, new FakeSecrets());

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldTryAPortAgainThatIsTaken() {
        // given
        node.binds.add(CompletableFuture.failedFuture(new BindException("Address already in use")));
        CompletableFuture<InetSocketAddress> second = new CompletableFuture<>();
        node.binds.add(second);

        // when
        node.serve(List.of(new Listener(Listener.Kind.CLIENTS, ANY)));

        // then
        node.await(() -> node.state("xmpp-servers").stream()
                .anyMatch(server -> server.json().contains("\"state\":\"waiting\",\"failures\":1")));
        assertThat(node.state("xmpp-servers").get(0).json())
                .contains("\"for\":\"clients\"", "\"lastError\":\"Address already in use\"", "\"nextRetry\"");
        assertThat(node.texts())
                .contains("XMPP: cannot listen for clients on 127.0.0.1:5222: Address already in use; again in 0 s");

        // when
        second.complete(new InetSocketAddress("127.0.0.1", 5222));

        // then
        node.await(() -> node.texts().contains("XMPP: listening for clients on 127.0.0.1:5222"));
        assertThat(node.state("xmpp-servers").get(0).json()).contains("\"state\":\"listening\"");
    }

    @Test
    void shouldSayGoodbyeToClientsWhenTheNodeStops() throws Exception {
        // given
        node.binds.add(CompletableFuture.completedFuture(new InetSocketAddress("127.0.0.1", 5222)));
        node.serve(List.of(new Listener(Listener.Kind.CLIENTS, ANY)));
        FakeClient alice = new FakeClient("alice").bind(node, "laptop");

        // when
        CompletableFuture<Done> stopped = CoordinatedShutdown.get(node.kit.system())
                .runAll(CoordinatedShutdown.unknownReason())
                .toCompletableFuture();

        // then
        assertThat(alice.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(StreamCondition.SYSTEM_SHUTDOWN);
        node.port().clientGone(alice, "it was told to", List.of());
        stopped.get(20, TimeUnit.SECONDS);
    }
}
