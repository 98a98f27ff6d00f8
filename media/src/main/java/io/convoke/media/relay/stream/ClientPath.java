package io.convoke.media.relay.stream;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The way to one client that is not plain UDP: a connection, or a DTLS association. On its event loop, where nothing else is said. */
public interface ClientPath {
    /** The number that its listener was bound with. */
    int listener();

    InetSocketAddress remote();

    /**
     * Sends one whole STUN or ChannelData message, padded where streams want it, at the latest when the loop's present round is over. From any thread; from
     * another than the loop's it is copied and handed over.
     *
     * @return false where it was dropped: the client does not read, or is gone
     */
    boolean send(byte[] message, int offset, int length);

    /**
     * Sends one ChannelData message, as {@link #send}. On the event loop only.
     *
     * @param header its first four bytes: channel number and length
     * @param memory the data at {@code [offset, offset + length)}; its position and limit are left alone
     */
    boolean sendChannelData(int header, ByteBuffer memory, int offset, int length);

    /** Sends at once what waits for the round's end. On the event loop only. */
    void flush();

    /** Sends what waits, and closes. From any thread. */
    void close();
}
