package io.convoke.actors.c2w;

/** An open C2W link, seen from either side. Thread-safe. */
public interface C2wConnection {
    /** Queues a message; in order, never blocks. A link that cannot keep up is closed with a {@link C2wFailure}. */
    void send(C2wMessage message);

    /** Closes the link; {@link C2wInbound#closed} follows, once. */
    void close(C2wFailure why);

    /** Who is at the other end, as the TLS handshake proved. */
    PeerCertificate peer();
}
