package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Instant;
import java.util.Optional;

/** A component that has proved its secret (XEP-0114). Safe from any thread. */
public interface ComponentConnection {
    /** Unique on this node. */
    long id();

    /** The component's address, a domain. */
    String name();

    /** {@code tls} or {@code tcp}. */
    String transport();

    String remoteAddress();

    Instant since();

    /** What the component showed in TLS; empty where that is nothing. */
    default Optional<PeerCertificate> certificate() {
        return Optional.empty();
    }

    void send(Element stanza);

    void close(StreamCondition condition, String text);

    Traffic traffic();

    record Traffic(long stanzasIn, long stanzasOut, long pendingBytes) {}
}
