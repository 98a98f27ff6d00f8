package io.convoke.media.udp;

import java.net.InetSocketAddress;

/** A bound UDP socket of a {@link DatagramPlane}. Used on its event loop only. */
public interface DatagramPort extends AutoCloseable {
    /** Where it is bound. */
    InetSocketAddress local();

    /** A destination. Nothing is opened or remembered for it; who sends there often keeps it. Address as in {@link DatagramReceiver#received}. */
    DatagramFlow flow(long high, long low, int port);

    /**
     * Sends one datagram at once with "don't fragment". What is longer than the path takes is dropped and counted, as is everything where a
     * platform cannot forbid fragments.
     */
    void sendUnfragmented(DatagramFlow flow, byte[] bytes, int offset, int length);

    /** Closes the socket at once; what is queued for it is dropped. */
    @Override
    void close();
}
