package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComponentListenerTest {
    @Test
    void shouldRegisterAComponentOverTlsAndShowItsCertificate() throws Exception {
        // given
        TestIdentity own = TestIdentity.of("callbridge.example.org");
        try (TestServer server = new TestServer();
                Peer peer = Peer.connect(server.bind(Listener.Kind.COMPONENTS))) {
            // when
            peer.startTls(own.peer()).registered("a.example.org");

            // then
            assertThat(server.port.next()).isEqualTo("up a.example.org");
            ComponentConnection component = server.port.components.get(0);
            assertThat(component.transport()).isEqualTo("tls");
            assertThat(component.certificate())
                    .hasValueSatisfying(shown -> assertThat(shown.names()).containsExactly("callbridge.example.org"));
        }
    }

    @Test
    void shouldSendAwayWhoShowsNoCertificateWhereOneIsRequired() throws Exception {
        // given
        try (TestServer server = new TestServer(true, TestServer.identity(TestIdentity.of("example.org")));
                Peer peer = Peer.connect(server.bind(Listener.Kind.COMPONENTS))) {
            // when, then
            assertThatThrownBy(() -> peer.startTls(TestIdentity.anonymous()).registered("a.example.org"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldBelieveOnlyCertificatesOfTheTrustBundle() throws Exception {
        // given
        TestIdentity trusted = TestIdentity.of("trusted.example.org");
        TestIdentity other = TestIdentity.of("other.example.org");
        XmppIdentity identity = TestServer.identity(TestIdentity.of("example.org"), trusted.certificate());
        try (TestServer server = new TestServer(true, identity)) {
            InetSocketAddress address = server.bind(Listener.Kind.COMPONENTS);

            // when, then
            try (Peer peer = Peer.connect(address)) {
                peer.startTls(trusted.peer()).registered("a.example.org");
            }
            try (Peer peer = Peer.connect(address)) {
                assertThatThrownBy(() -> peer.startTls(other.peer()).registered("b.example.org"))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAWrongSecretAndAnUnknownName() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            try (Peer peer = Peer.connect(address)) {
                peer.component("a.example.org", "wrong");
                assertThat(peer.untilEnd()).contains("<not-authorized").endsWith("</stream:stream>");
            }
            try (Peer peer = Peer.connect(address)) {
                peer.component("unknown.example.org", TestPort.SECRET);
                assertThat(peer.untilEnd()).contains("<host-unknown").endsWith("</stream:stream>");
            }
        }
    }

    @Test
    void shouldRouteBetweenComponentsAsTheBytesCame() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress plain = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            InetSocketAddress encrypted = server.bind(Listener.Kind.COMPONENTS);
            try (Peer a = Peer.connect(plain);
                    Peer b = Peer.connect(encrypted)) {
                a.registered("a.example.org");
                b.startTls(TestIdentity.anonymous()).registered("b.example.org");

                // when
                String stanza = "<iq  type=\"get\" id='1' from='a.example.org' to='x@b.example.org/r'><q xmlns='urn:q'"
                        + " a='1'>&lt;é</q></iq>";
                a.send(stanza);

                // then
                assertThat(b.until("</iq>")).isEqualTo(stanza);
                b.send("<iq type='result' id='1' from='b.example.org' to='a.example.org'/>");
                assertThat(a.until("/>")).contains("result");
            }
        }
    }

    @Test
    void shouldRouteManyInOrderAcrossEventLoops() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            try (Peer a = Peer.connect(address);
                    Peer b = Peer.connect(address);
                    Peer c = Peer.connect(address)) {
                a.registered("a.example.org");
                b.registered("b.example.org");
                c.registered("c.example.org");
                StringBuilder all = new StringBuilder();
                StringBuilder expected = new StringBuilder();
                for (int i = 0; i < 2_000; i++) {
                    String to = i % 3 == 0 ? "c" : "b";
                    String stanza = "<message from='a.example.org' to='" + to + ".example.org' id='" + i + "'/>";
                    all.append(stanza);
                    if (to.equals("b")) {
                        expected.append(stanza);
                    }
                }

                // when
                a.send(all.toString());

                // then
                assertThat(b.until("id='1999'/>")).isEqualTo(expected.toString());
                c.until("id='1998'/>");
            }
        }
    }

    @Test
    void shouldHandToTheControlPlaneWhatIsForNobodyHere() throws Exception {
        try (TestServer server = new TestServer();
                Peer a = Peer.connect(server.bind(Listener.Kind.PLAIN_COMPONENTS))) {
            a.registered("a.example.org");
            assertThat(server.port.next()).isEqualTo("up a.example.org");

            // when
            a.send("<iq type='get' id='1' from='a.example.org' to='u@example.org'><q xmlns='urn:q'/></iq>");

            // then
            assertThat(server.port.next())
                    .isEqualTo("component <iq type='get' id='1' from='a.example.org' to='u@example.org'>"
                            + "<q xmlns='urn:q'/></iq>");
            server.port.components.get(0).send(StreamParser.parse("<iq xmlns='jabber:client' id='1' type='result'/>"));
            assertThat(a.until("/>")).isEqualTo("<iq id='1' type='result'/>");
        }
    }

    @Test
    void shouldSendAwayASecondOfAName() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            try (Peer first = Peer.connect(address);
                    Peer second = Peer.connect(address)) {
                first.registered("a.example.org");
                second.component("a.example.org", TestPort.SECRET);
                first.until("</iq>");

                // when
                first.send("<iq type='result' id='keepalive-proof' from='a.example.org' to='example.org'/>");

                // then
                assertThat(second.untilEnd()).contains("<conflict");
                first.send("<message from='a.example.org' to='a.example.org' id='1'/>")
                        .until("id='1'/>");
            }
        }
    }

    @Test
    void shouldLetASecondInWhereTheFirstIsSilent() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.PLAIN_COMPONENTS);
            try (Peer first = Peer.connect(address);
                    Peer second = Peer.connect(address)) {
                first.registered("a.example.org");

                // when
                second.component("a.example.org", TestPort.SECRET).until("<handshake/>");

                // then
                server.port.await("up a.example.org");
                assertThat(first.untilEnd()).contains("<conflict");
            }
        }
    }

    @Test
    void shouldEndAStreamWhenTold() throws Exception {
        try (TestServer server = new TestServer();
                Peer a = Peer.connect(server.bind(Listener.Kind.PLAIN_COMPONENTS))) {
            a.registered("a.example.org");
            server.port.await("up");

            // when
            server.port.components.get(0).close(StreamCondition.RESET, "The secret has changed");

            // then
            assertThat(a.untilEnd()).contains("<reset").contains("The secret has changed");
            server.port.await("gone a.example.org");
        }
    }

    @Test
    void shouldReportAPortThatIsTakenAndServeTheOthers() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress taken = server.bind(Listener.Kind.COMPONENTS);

            // when
            var second = server.listeners.bind(new Listener(Listener.Kind.PLAIN_COMPONENTS, taken));

            // then
            assertThatThrownBy(() -> second.toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("in use");
            assertThat(List.of(server.bind(Listener.Kind.PLAIN_COMPONENTS))).isNotEmpty();
        }
    }
}
