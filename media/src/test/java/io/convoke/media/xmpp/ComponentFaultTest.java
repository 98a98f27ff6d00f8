package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.tcp.TestIdentity;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentFaultTest {
    private static final String HEADER =
            "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='a.b'>";

    @Test
    void shouldEndASlowHandshake() throws Exception {
        try (TestServer server = new TestServer()) {
            // given
            InetSocketAddress plain = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            InetSocketAddress encrypted = server.bind(Listener.Kind.COMPONENTS);

            // when, then
            try (Peer silent = Peer.connect(plain);
                    Peer half = Peer.connect(plain);
                    Peer beforeTls = Peer.connect(encrypted)) {
                half.send(HEADER.substring(0, 20));
                assertThat(silent.untilEnd()).contains("<connection-timeout");
                assertThat(half.untilEnd()).contains("<connection-timeout");
                beforeTls.untilEnd();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE x [<!ENTITY a 'b'>]>     | restricted-xml",
                "<message from='a.b'><!-- c --></message> | restricted-xml",
                "<message from='a.b'>&bomb;</message> | restricted-xml",
                "<message from='a.b'><?pi x?></message> | restricted-xml",
                "<message from='other.b'/>          | invalid-from",
                "<presence><a></b></presence>       | not-well-formed",
                "<other from='a.b'/>                | unsupported-stanza-type"
            })
    void shouldEndAStreamThatSendsWhatIsForbidden(String sent, String condition) throws Exception {
        try (TestServer server = new TestServer();
                Peer a = Peer.connect(server.bind(Listener.Kind.PLAIN_COMPONENTS))) {
            a.registered("a.b");

            // when
            a.send(sent);

            // then
            assertThat(a.untilEnd()).contains("<" + condition).endsWith("</stream:stream>");
        }
    }

    @Test
    void shouldEndAStreamWithAHugeStanza() throws Exception {
        try (TestServer server = new TestServer();
                Peer a = Peer.connect(server.bind(Listener.Kind.PLAIN_COMPONENTS))) {
            a.registered("a.b");

            // when
            a.send("<message from='a.b' to='c.d'><body>" + "x".repeat(70 << 10));

            // then
            assertThat(a.untilEnd()).contains("<policy-violation");
        }
    }

    @Test
    void shouldRefuseMoreConnectionsThanOneSourceMayHave() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            List<Peer> flood = new ArrayList<>();
            try (Peer before = Peer.connect(address)) {
                before.registered("a.b");
                for (int i = 0; i < 80; i++) {
                    flood.add(Peer.connect(address));
                }

                // when, then
                assertThat(flood.get(79).untilEnd()).doesNotContain("<stream");
                assertThat(server.listeners.counts().components()).isLessThanOrEqualTo(50);
                before.send("<message from='a.b' to='nobody.d'/>");
                server.port.await("component <message from='a.b'");
            } finally {
                for (Peer peer : flood) {
                    peer.close();
                }
            }
        }
    }

    @Test
    void shouldStopReadingWhoOverfillsAnother() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            try (Peer source = Peer.connect(address);
                    Peer deaf = Peer.connectNarrow(address);
                    Peer other = Peer.connect(address)) {
                source.registered("source.b");
                deaf.registered("deaf.b");
                other.registered("other.b");
                String filling = "x".repeat(8 << 10);
                Thread flood = new Thread(() -> {
                    try {
                        for (int i = 0; i < 10_000; i++) {
                            source.send("<message from='source.b' to='deaf.b'><b>" + filling + "</b></message>");
                        }
                    } catch (java.io.IOException closed) {
                        // The test is over.
                    }
                });

                // when
                flood.start();

                // then
                server.port.await("gone deaf.b: resource-constraint");
                ComponentConnection.Traffic last = server.port.components.stream()
                        .filter(component -> component.name().equals("source.b"))
                        .findFirst()
                        .orElseThrow()
                        .traffic();
                assertThat(last.stanzasIn() * filling.length()).isLessThan(16 << 20);
                other.send("<message from='other.b' to='other.b' id='1'/>").until("id='1'/>");
            }
        }
    }

    @Test
    void shouldNotReadAComponentWhoseStanzasAreNotTakenOver() throws Exception {
        try (TestServer server = new TestServer();
                Peer a = Peer.connect(server.bind(Listener.Kind.PLAIN_COMPONENTS))) {
            a.registered("a.b");
            server.port.await("up a.b");
            server.port.prompt = false;
            for (int i = 0; i < 16; i++) {
                a.send("<message from='a.b' to='nobody.d' id='" + i + "'/>");
                server.port.await("component <message");
            }

            // when
            a.send("<message from='a.b' to='nobody.d' id='last'/>");

            // then
            assertThat(server.port.told.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isNull();
            server.port.prompt = true;
            server.port.kept.forEach(Runnable::run);
            server.port.await("component <message from='a.b' to='nobody.d' id='last'");
        }
    }

    @Test
    void shouldForgetAComponentThatResets() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            try (Peer a = Peer.connect(address)) {
                a.registered("a.b");
                a.send("<message from='a.b' to='");

                // when
                a.reset();
            }

            // then
            server.port.await("gone a.b");
            try (Peer again = Peer.connect(address)) {
                again.registered("a.b");
            }
        }
    }

    @Test
    void shouldDropAComponentThatAnswersNoPing() throws Exception {
        XmppServerSettings.Components usual = TestServer.components(2000);
        XmppServerSettings.Components quick = new XmppServerSettings.Components(
                1,
                usual.limits(),
                usual.authenticationTimeout(),
                usual.maxUnauthenticatedBytes(),
                java.time.Duration.ofMillis(300),
                java.time.Duration.ofMillis(300),
                usual.stallTimeout(),
                16,
                100,
                50);
        XmppServerSettings settings = TestServer.settings(false, quick, TestServer.clients(2000, 1000));
        try (TestServer server = new TestServer(settings, TestServer.identity(TestIdentity.of("example.org")));
                Peer a = Peer.connect(server.bind(Listener.Kind.PLAIN_COMPONENTS))) {
            // when
            a.registered("a.b");

            // then
            assertThat(a.untilEnd()).contains("urn:xmpp:ping").contains("<connection-timeout");
            server.port.await("gone a.b: connection-timeout");
        }
    }
}
