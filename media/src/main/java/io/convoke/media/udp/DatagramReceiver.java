package io.convoke.media.udp;

/** Who takes a port's datagrams, on the port's event loop. */
@FunctionalInterface
public interface DatagramReceiver {
    /**
     * {@link DatagramPlane#memory memory}[offset, offset + length) came from there: one datagram if {@code length <= segment}, otherwise
     * several in their order, each of {@code segment} bytes and the last one of what remains. The bytes stay until the plane is flushed, which
     * it does by itself after this event loop iteration; until then they may be sent on from where they are. In front of the first are
     * {@link DatagramPlane#HEADROOM_BYTES} to write in.
     *
     * @param high the sender's address, IPv4 as {@code ::ffff:a.b.c.d}, likewise {@code low}
     */
    void received(DatagramPort port, long high, long low, int senderPort, int offset, int length, int segment);
}
