package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Instant;

/** A client that has bound its resource (or is about to). Safe from any thread. */
public interface ClientConnection {
    /** Unique on this node. */
    long id();

    /** The local part it authenticated as. */
    String local();

    /** Its full address, once bound. */
    Jid address();

    /** {@code tcp}, {@code tls} or {@code webSocket}. */
    String transport();

    String remoteAddress();

    Instant since();

    /** Queues the stanza; a client that does not read is broken off beyond the limit. */
    void send(Element stanza);

    /** Ends the stream with an error, and without resumption. */
    void close(StreamCondition condition, String text);

    Traffic traffic();

    /** Stanzas in and out, bytes waiting to be written, whether the connection is at present away and may be resumed. */
    record Traffic(long stanzasIn, long stanzasOut, long pendingBytes, boolean detached) {}
}
