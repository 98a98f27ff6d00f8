package io.convoke.protocols.turn;

/** What carries messages between client and server. */
public enum Transport {
    UDP,
    TCP,
    TLS,
    DTLS;

    /** Whether messages arrive as a stream of bytes that has to be cut, see {@link StreamFraming}. */
    public boolean isStream() {
        return this == TCP || this == TLS;
    }
}
