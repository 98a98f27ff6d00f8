package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ClientListenerTest {
    private static final String MESSAGE = "<message xmlns='jabber:client'><body>hello</body></message>";

    @Test
    void shouldServeAClientWithStartTls() throws Exception {
        try (TestServer server = new TestServer();
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            // given
            ClientPeer.open(peer);
            peer.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").until("<proceed");
            peer.until(">");

            // when
            peer.startTls(TestIdentity.anonymous());
            ClientPeer.bind(ClientPeer.user(peer, "anna"));

            // then
            server.port.await("bound anna@example.org");
            ClientConnection client = server.port.clients.get(0);
            assertThat(client.transport()).isEqualTo("tls");
            assertThat(client.address().local()).isEqualTo("anna");
        }
    }

    @Test
    void shouldServeAClientWithTlsFromTheFirstByteOnTheSamePort() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            try (Peer peer = Peer.connect(address)) {
                // when
                peer.startTls(TestIdentity.anonymous());
                ClientPeer.bind(ClientPeer.user(peer, "anna"));
                peer.send("<iq type='get' id='1' to='example.org'><q xmlns='urn:q'/></iq>");

                // then
                server.port.await("client <iq type='get' id='1' to='example.org' from='anna@example.org/");
                server.port.clients.get(0).send(StreamParser.parse(MESSAGE));
                assertThat(peer.until("</message>")).contains("hello");
            }
            server.port.await("clientGone anna");
        }
    }

    @Test
    void shouldOfferNothingButStartTlsWhereTlsIsRequired() throws Exception {
        XmppServerSettings.Clients usual = TestServer.clients(2000, 1000);
        XmppServerSettings.Clients strict = new XmppServerSettings.Clients(
                1,
                true,
                usual.mechanisms(),
                usual.limits(),
                usual.authenticationTimeout(),
                usual.maxUnauthenticatedBytes(),
                usual.keepAlive(),
                usual.pingTimeout(),
                usual.resumeTimeout(),
                16,
                1 << 20,
                1000,
                1000,
                100,
                50);
        XmppServerSettings settings = TestServer.settings(false, TestServer.components(2000), strict);
        try (TestServer server = new TestServer(settings, TestServer.identity(TestIdentity.of("example.org")));
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            // when
            String features = peer.send(ClientPeer.HEADER).until("</stream:features>");

            // then
            assertThat(features).contains("<required").doesNotContain("mechanism");
        }
    }

    @Test
    void shouldSayWhyALoginFails() throws Exception {
        try (TestServer server = new TestServer();
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            // given
            peer.startTls(TestIdentity.anonymous());
            ClientPeer.open(peer);

            // when
            peer.send(ClientPeer.plain("anna", "wrong"));

            // then
            assertThat(peer.until("</failure>")).contains("<not-authorized").contains("another password");
        }
    }

    @Test
    void shouldTellOfALoginThatIsAbandoned() throws Exception {
        try (TestServer server = new TestServer();
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            // given
            ClientPeer.open(peer);
            peer.send(
                    "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>biwsbj1hLHI9Yg==</auth>");
            server.port.await("authenticate SCRAM-SHA-256 n,,n=a,r=b");

            // when
            peer.reset();

            // then
            assertThat(server.port.next()).isEqualTo("abandoned");
        }
    }

    @Test
    void shouldResumeAfterALostConnectionAndSendWhatWasMissed() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            String previous;
            // given
            try (Peer peer = Peer.connect(address)) {
                peer.startTls(TestIdentity.anonymous());
                ClientPeer.bind(ClientPeer.user(peer, "anna"));
                previous = enable(peer);
                server.port.clients.get(0).send(StreamParser.parse(MESSAGE));
                peer.until("</message>");
                peer.reset();
            }
            ClientConnection client = server.port.clients.get(0);
            while (!client.traffic().detached()) {
                Thread.onSpinWait();
            }
            client.send(StreamParser.parse("<message xmlns='jabber:client' id='missed'/>"));

            // when
            try (Peer peer = Peer.connect(address)) {
                peer.startTls(TestIdentity.anonymous());
                ClientPeer.user(peer, "anna");
                peer.send("<resume xmlns='urn:xmpp:sm:3' h='0' previd='" + previous + "'/>");

                // then
                peer.until("<resumed");
                assertThat(peer.until("id='missed'/>")).contains("hello");
                client.send(StreamParser.parse("<message xmlns='jabber:client' id='live'/>"));
                peer.until("id='live'/>");
                assertThat(client.traffic().detached()).isFalse();
            }
            server.port.told.removeIf(told -> !told.startsWith("clientGone"));
            assertThat(server.port.told).isEmpty();
        }
    }

    @Test
    void shouldResumeWhileTheOldConnectionStillStands() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            try (Peer old = Peer.connect(address);
                    Peer fresh = Peer.connect(address)) {
                old.startTls(TestIdentity.anonymous());
                ClientPeer.bind(ClientPeer.user(old, "anna"));
                String previous = enable(old);

                // when
                fresh.startTls(TestIdentity.anonymous());
                ClientPeer.user(fresh, "anna");
                fresh.send("<resume xmlns='urn:xmpp:sm:3' h='0' previd='" + previous + "'/>");

                // then
                fresh.until("<resumed");
                assertThat(old.untilEnd()).contains("<conflict");
                server.port.clients.get(0).send(StreamParser.parse(MESSAGE));
                fresh.until("</message>");
            }
        }
    }

    @Test
    void shouldRefuseToResumeSomebodyElsesStream() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            try (Peer anna = Peer.connect(address);
                    Peer eve = Peer.connect(address)) {
                anna.startTls(TestIdentity.anonymous());
                ClientPeer.bind(ClientPeer.user(anna, "anna"));
                String previous = enable(anna);

                // when
                eve.startTls(TestIdentity.anonymous());
                ClientPeer.user(eve, "eve");
                eve.send("<resume xmlns='urn:xmpp:sm:3' h='0' previd='" + previous + "'/>");

                // then
                assertThat(eve.until("</failed>")).contains("<item-not-found");
                ClientPeer.bind(eve);
            }
        }
    }

    @Test
    void shouldGiveUpAClientThatDoesNotComeBack() throws Exception {
        try (TestServer server = new TestServer()) {
            try (Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
                peer.startTls(TestIdentity.anonymous());
                ClientPeer.bind(ClientPeer.user(peer, "anna"));
                enable(peer);
                server.port.await("bound");
                server.port.clients.get(0).send(StreamParser.parse(MESSAGE));
                peer.until("</message>");

                // when
                peer.reset();
            }

            // then
            assertThat(server.port.next()).startsWith("clientGone anna").endsWith("undelivered 1");
        }
    }

    private static String enable(Peer peer) throws Exception {
        String enabled =
                peer.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>").until("/>");
        return enabled.replaceAll("(?s).* id='([^']*)'.*", "$1");
    }
}
