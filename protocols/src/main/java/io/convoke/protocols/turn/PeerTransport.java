package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/** What carries data between server and peer: the values of REQUESTED-TRANSPORT (RFC 8656 §18.8, RFC 6062 §4.1). */
public enum PeerTransport {
    UDP(17),
    TCP(6);

    private final int protocol;

    PeerTransport(int protocol) {
        this.protocol = protocol;
    }

    /** The IP protocol number, which REQUESTED-TRANSPORT carries in its first byte. */
    public int protocol() {
        return protocol;
    }

    /** The transport with this IP protocol number; null if there is none, which is answered with 442. */
    public static @Nullable PeerTransport ofProtocol(int protocol) {
        return protocol == UDP.protocol ? UDP : protocol == TCP.protocol ? TCP : null;
    }
}
