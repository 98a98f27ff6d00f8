package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientFaultTest {
    @Test
    void shouldEndASlowLogin() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            try (Peer silent = Peer.connect(address);
                    Peer half = Peer.connect(address);
                    Peer inTls = Peer.connect(address);
                    Peer beforeBinding = Peer.connect(address)) {
                half.send(ClientPeer.HEADER.substring(0, 30));
                inTls.send("\u0016\u0003\u0001");
                ClientPeer.anonymous(beforeBinding);

                // then
                silent.untilEnd();
                assertThat(half.untilEnd()).contains("<connection-timeout");
                inTls.untilEnd();
                assertThat(beforeBinding.untilEnd()).contains("<connection-timeout");
            }
        }
    }

    @Test
    void shouldEndALoginInTooManyBytes() throws Exception {
        try (TestServer server = new TestServer();
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            // when
            peer.send(ClientPeer.HEADER + "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                    + "A".repeat(20 << 10));

            // then
            assertThat(peer.untilEnd()).contains("<policy-violation");
        }
    }

    @Test
    void shouldEndAHugeStanzaAndAnEntityBomb() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            try (Peer huge = Peer.connect(address);
                    Peer bomb = Peer.connect(address)) {
                ClientPeer.bind(ClientPeer.anonymous(huge));
                huge.send("<message><body>" + "x".repeat(70 << 10));
                assertThat(huge.untilEnd()).contains("<policy-violation");

                bomb.send("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>]>");
                assertThat(bomb.untilEnd()).contains("<restricted-xml");
            }
        }
    }

    @Test
    void shouldBreakOffAClientThatDoesNotReadAndServeTheOthers() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            try (Peer deaf = Peer.connectNarrow(address);
                    Peer other = Peer.connect(address)) {
                ClientPeer.bind(ClientPeer.anonymous(deaf));
                ClientPeer.bind(ClientPeer.anonymous(other));
                ClientConnection client = server.port.clients.get(0);
                Element message = StreamParser.parse(
                        "<message xmlns='jabber:client'><body>" + "x".repeat(4096) + "</body></message>");

                // when
                long most = 0;
                for (int i = 0; i < 5_000; i++) {
                    client.send(message);
                    most = Math.max(most, client.traffic().pendingBytes());
                }

                // then
                server.port.await("clientGone guest");
                assertThat(most).isLessThan(32 << 20);
                assertThat(client.traffic().pendingBytes()).isLessThan(1 << 20);
                server.port.clients.get(1).send(StreamParser.parse("<message xmlns='jabber:client' id='1'/>"));
                other.until("id='1'/>");
            }
        }
    }

    @Test
    void shouldReadAFastClientMoreSlowlyAndLoseNothing() throws Exception {
        XmppServerSettings settings =
                TestServer.settings(false, TestServer.components(2000), TestServer.clients(2000, 100));
        try (TestServer server = new TestServer(settings, TestServer.identity(TestIdentity.of("example.org")));
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            ClientPeer.bind(ClientPeer.anonymous(peer));
            server.port.await("bound");
            String filling = "x".repeat(60 << 10);
            long begin = System.nanoTime();

            // when
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        peer.send("<message id='" + i + "'><body>" + filling + "</body></message>");
                    }
                } catch (java.io.IOException closed) {
                    // The assertion below finds what is missing.
                }
            });
            sender.start();

            // then
            for (int i = 0; i < 200; i++) {
                assertThat(server.port.next()).contains("<message id='" + i + "'");
            }
            assertThat(System.nanoTime() - begin).isGreaterThan(700_000_000L);
        }
    }

    @Test
    void shouldNotReadAClientWhoseStanzasAreNotTakenOver() throws Exception {
        try (TestServer server = new TestServer();
                Peer peer = Peer.connect(server.bind(Listener.Kind.CLIENTS))) {
            ClientPeer.bind(ClientPeer.anonymous(peer));
            server.port.prompt = false;
            for (int i = 0; i < 16; i++) {
                peer.send("<message id='" + i + "'/>");
                server.port.await("client <message");
            }

            // when
            peer.send("<message id='last'/>");

            // then
            assertThat(server.port.told.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isNull();
            server.port.prompt = true;
            server.port.kept.forEach(Runnable::run);
            server.port.await("client <message id='last'");
        }
    }

    @Test
    void shouldBoundTheConnectionsOfOneSource() throws Exception {
        try (TestServer server = new TestServer()) {
            InetSocketAddress address = server.bind(Listener.Kind.CLIENTS);
            List<Peer> flood = new ArrayList<>();
            try (Peer before = Peer.connect(address)) {
                ClientPeer.bind(ClientPeer.anonymous(before));
                for (int i = 0; i < 80; i++) {
                    flood.add(Peer.connect(address));
                }

                // when, then
                flood.get(79).untilEnd();
                assertThat(server.listeners.counts().clients()).isLessThanOrEqualTo(50);
                before.send("<message id='1'/>");
                server.port.await("client <message id='1'");
            } finally {
                for (Peer peer : flood) {
                    peer.close();
                }
            }
        }
    }
}
