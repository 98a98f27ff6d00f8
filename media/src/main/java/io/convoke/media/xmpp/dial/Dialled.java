package io.convoke.media.xmpp.dial;

import io.convoke.protocols.xmpp.registration.ServerCertificateCheck;

/** One connection, from the moment it is wanted. Safe from any thread; never blocks. */
public interface Dialled {
    /** Starts TLS as client; the server's certificate must pass the check. */
    void secure(ServerCertificateCheck check, DialTls tls);

    /** Sends; with more waiting than may, the connection is broken instead. */
    void send(byte[] bytes);

    /** Asks for what the server sends next. */
    void more();

    /** Closes after what was sent. The listener hears nothing any more. */
    void close();
}
