package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.peers.PythonPeer;
import io.convoke.node.peers.WhackComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmpp.component.ComponentException;

/** Components that nobody here wrote register with a node's XMPP server, and reach each other through it. */
class ForeignComponentsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SLIXMPP = "slixmpp." + XmppServerNode.DOMAIN;
    private static final String WHACK = "whack." + XmppServerNode.DOMAIN;
    private static final String SECRET = "hunter2";

    @TempDir
    private static Path folder;

    private static XmppServerNode server;

    @BeforeAll
    static void start() throws Exception {
        PythonPeer.require();
        server = XmppServerNode.start(folder, "foreign-components");
        server.addComponent(SLIXMPP, SECRET);
        server.addComponent(WHACK, SECRET);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldCarryStanzasBetweenSlixmppAndWhack() throws Exception {
        try (PythonPeer slixmpp = PythonPeer.component(folder, overTls(SECRET));
                WhackComponent whack =
                        WhackComponent.register(XmppServerNode.DOMAIN, server.plainComponentPort(), "whack", SECRET)) {
            slixmpp.await("started");

            // when
            slixmpp.tell("message", "to", WHACK, "text", "good day");
            whack.message(SLIXMPP, "and <you> & yours?");

            // then
            assertThat(slixmpp.await(
                                    "message",
                                    each -> each.path("text").asText().equals("echo: good day"))
                            .path("from")
                            .asText())
                    .isEqualTo(WHACK);
            eventually(PATIENCE, whack::heard, heard -> heard.contains(SLIXMPP + ": echo: and <you> & yours?"));
            assertThat(whack.ping(SLIXMPP)).isTrue();
            slixmpp.tell("ping", "to", WHACK);
            slixmpp.await("pong");
            JsonNode unknown = slixmpp.ask("get", "nobody." + XmppServerNode.DOMAIN, "<ping xmlns='urn:xmpp:ping'/>");
            assertThat(unknown.path("type").asText()).isEqualTo("error");
            // The node's own callbridge is the third.
            assertThat(server.awaitState("xmpp-components", 3).toString()).contains(SLIXMPP, WHACK);
        }

        // when: both are gone
        server.awaitState("xmpp-components", 1);
    }

    @Test
    void shouldRefuseAWrongSecret() {
        try (PythonPeer slixmpp = PythonPeer.component(folder, overTls("not " + SECRET))) {
            // then
            assertThat(slixmpp.await("stream_error").path("condition").asText()).isEqualTo("not-authorized");
            slixmpp.await("disconnected");
        }
        assertThatThrownBy(() -> WhackComponent.register(
                        XmppServerNode.DOMAIN, server.plainComponentPort(), "whack", "not " + SECRET))
                .isInstanceOf(ComponentException.class);
        assertThatThrownBy(() ->
                        WhackComponent.register(XmppServerNode.DOMAIN, server.plainComponentPort(), "nobody", SECRET))
                .isInstanceOf(ComponentException.class);
        assertThat(server.lines()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void shouldRefuseASecondOneOfTheSameNameAndKeepTheFirst() {
        try (PythonPeer first = PythonPeer.component(folder, overTls(SECRET))) {
            first.await("started");

            // when
            try (PythonPeer second = PythonPeer.component(folder, overTls(SECRET))) {
                // then
                assertThat(second.await("stream_error").path("condition").asText())
                        .isEqualTo("conflict");
            }
            first.tell("ping", "to", XmppServerNode.DOMAIN);
            assertThat(first.await("pong").path("condition").asText()).isEmpty();
        }
    }

    private static Map<String, Object> overTls(String secret) {
        Map<String, Object> argument = new HashMap<>();
        argument.put("jid", SLIXMPP);
        argument.put("secret", secret);
        argument.put("host", "127.0.0.1");
        argument.put("port", server.componentPort());
        argument.put("domain", XmppServerNode.DOMAIN);
        argument.put("tls", server.tls());
        return argument;
    }
}
