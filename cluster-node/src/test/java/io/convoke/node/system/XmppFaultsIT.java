package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.xmpp.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients at a server whose callbridges are not there, or go. */
class XmppFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final java.util.List<NodeProcess> nodes = new java.util.ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldRefuseAtOnceWhereThereIsNoCallbridge() throws Exception {
        // given
        NodeProcess node = start("xmpp-alone", "convoke.node.roles = [api, xmpp]");
        int port = XmppPorts.of(new Api(node.awaitReady()), "clients");

        // when / then
        assertThatThrownBy(() -> XmppTalk.user(port, "localhost", "alice", "correct horse")
                        .close())
                .isInstanceOf(XmppTalk.Refused.class)
                .hasMessage(
                        "temporary-auth-failure: No callbridge is connected to this server. Try again in a moment.");
        node.awaitLine("XMPP: no callbridge is connected: login of \"alice\" refused", PATIENCE);
    }

    @Test
    void shouldEndALoginWhoseCallbridgeIsKilledInTheMidst() throws Exception {
        // given: a server of its own, and a callbridge in another process that registers with it over its configuration
        NodeProcess server = start("xmpp-server-only", """
                convoke.node.roles = [api, xmpp]
                convoke.xmpp.server.plain-component-port = 0
                convoke.xmpp.server.components = [ { name = "cb.localhost", secret = swordfish } ]
                """);
        Api api = new Api(server.awaitReady());
        int clients = XmppPorts.of(api, "clients");
        try (PlainComponent callbridge =
                PlainComponent.register(XmppPorts.of(api, "plainComponents"), "cb.localhost", "swordfish")) {
            callbridge.answerAsCallbridge();
            eventually(
                    PATIENCE,
                    () -> api.state("/state/xmpp-servers")
                            .path("xmpp-servers")
                            .path(0)
                            .path("callbridges")
                            .asInt(),
                    count -> count == 1);
            try (XmppTalk alice = XmppTalk.open(clients, "localhost")) {
                alice.startScram("alice", "correct horse");
                callbridge.awaitLogin();

                // when
                callbridge.kill();

                // then
                assertThat(alice.await(element -> element.namespace().equals(Namespaces.SASL))
                                .children()
                                .findFirst())
                        .hasValueSatisfying(
                                condition -> assertThat(condition.name()).isEqualTo("temporary-auth-failure"));
            }
        }
        assertThat(List.of(server.isAlive())).containsExactly(true);
    }

    private NodeProcess start(String name, String configuration) {
        NodeProcess node = NodeProcess.start(
                name,
                Map.of(),
                "--config",
                Configuration.write(folder, name, "convoke.conf", configuration).toString(),
                "--http",
                "0",
                "--data",
                folder.resolve(name).toString());
        nodes.add(node);
        return node;
    }
}
