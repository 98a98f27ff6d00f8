package io.convoke.media.xmpp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The steps of a client on TCP, by hand. */
final class ClientPeer {
    static final String HEADER = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
            + " to='example.org' version='1.0'>";

    private ClientPeer() {}

    static Peer open(Peer peer) throws Exception {
        peer.send(HEADER).until("</stream:features>");
        return peer;
    }

    static String plain(String user, String password) {
        byte[] message = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(message) + "</auth>";
    }

    /** Logs in as a guest; the stream after SASL is open. */
    static Peer anonymous(Peer peer) throws Exception {
        open(peer)
                .send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>")
                .until("<success");
        return open(peer);
    }

    /** Logs in over TLS as {@code user}; the stream after SASL is open. */
    static Peer user(Peer peer, String user) throws Exception {
        open(peer).send(plain(user, TestPort.SECRET)).until("<success");
        return open(peer);
    }

    static Peer bind(Peer peer) throws Exception {
        peer.send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>")
                .until("</iq>");
        return peer;
    }
}
