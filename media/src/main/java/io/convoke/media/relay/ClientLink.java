package io.convoke.media.relay;

import java.nio.ByteBuffer;

/**
 * The way to a client that is reached over something else than the loop's own UDP sockets: a connection or an association. It is its {@code
 * Client}'s attachment, and is called on the loop's thread only. Messages are copied before a method returns, or dropped where the client reads
 * too slowly.
 */
interface ClientLink {
    /** On whose thread it is called. */
    RelayLoop home();

    /** One STUN message. */
    void send(byte[] message, int offset, int length);

    /**
     * One ChannelData message, without padding.
     *
     * @param header its first four bytes: channel number and length
     * @param memory the data at {@code [offset, offset + length)}, read by absolute index; neither position nor limit is touched
     */
    void sendChannelData(int header, ByteBuffer memory, int offset, int length);

    /** The end of the loop's iteration, after messages were sent: they are to leave now. */
    void flush();

    /** Ends the connection or association; {@link RelayLoop#gone} follows, at once or later. */
    void close();
}
