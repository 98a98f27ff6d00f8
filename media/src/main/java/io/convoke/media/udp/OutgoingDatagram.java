package io.convoke.media.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/**
 * A datagram whose content and recipient change from use to use. When the last reference is released it goes back to where it came from; its buffer
 * stays with it.
 */
final class OutgoingDatagram extends DatagramPacket {
    private final OutgoingDatagrams home;
    private InetSocketAddress recipient;
    private int references;

    OutgoingDatagram(OutgoingDatagrams home, ByteBuf buffer, InetSocketAddress recipient) {
        super(buffer, recipient);
        this.home = home;
        this.recipient = recipient;
    }

    void fill(byte[] bytes, int length, InetSocketAddress to) {
        content().clear().writeBytes(bytes, 0, length);
        recipient = to;
        references = 1;
    }

    /** Ends it for good. */
    void free() {
        content().release();
    }

    @Override
    public InetSocketAddress recipient() {
        return recipient;
    }

    @Override
    public int refCnt() {
        return references;
    }

    @Override
    public DatagramPacket retain() {
        return retain(1);
    }

    @Override
    public DatagramPacket retain(int increment) {
        references += increment;
        return this;
    }

    @Override
    public boolean release() {
        return release(1);
    }

    @Override
    public boolean release(int decrement) {
        if (decrement < 1 || decrement > references) {
            throw new IllegalStateException(
                    "Expected at most " + references + " references to be released, but found " + decrement);
        }
        references -= decrement;
        if (references > 0) {
            return false;
        }
        home.sent(this);
        return true;
    }
}
