package io.convoke.media.relay.stream;

/** Whoever is behind a client's connection. Called on the connection's event loop. */
public interface StreamUser {
    /** Who is told of connections. */
    @FunctionalInterface
    interface Opening {
        /** A client has connected, and where there is TLS has done the handshake. */
        StreamUser opened(StreamConnection connection);
    }

    /** One whole STUN or ChannelData message, without padding. The bytes are valid until this returns. */
    void message(byte[] bytes, int offset, int length);

    /** Whether the client has an allocation. Without one it is closed when idle, and may send short STUN messages only. */
    boolean isServed();

    /** The connection has ended. Nothing comes any more, and nothing can be sent. */
    void gone();
}
