package io.convoke.media.xmpp.dial;

import io.convoke.protocols.xmpp.registration.Break;
import io.convoke.protocols.xmpp.registration.CertificateSeen;

/** Hears of one connection, on its event loop, and must return at once. After {@link #broken} nothing follows. */
public interface DialListener {
    void connected();

    void secured(CertificateSeen certificate);

    /** The array belongs to the listener. More comes once {@link Dialled#more} is called. */
    void received(byte[] bytes);

    void broken(Break why);
}
