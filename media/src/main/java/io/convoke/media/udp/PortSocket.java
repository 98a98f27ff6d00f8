package io.convoke.media.udp;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The system's side of a port. */
interface PortSocket {
    InetSocketAddress local();

    /** Whether a datagram may be put together from several places. */
    boolean gathers();

    /** Hands what comes in to this port from now on. */
    void start(OpenPort port, IoEventLoop eventLoop) throws IOException;

    /** Sends what is queued for this flow and those linked behind it. */
    void send(DatagramFlow first);

    /** Whether it was sent. */
    boolean sendUnfragmented(DatagramFlow flow, int offset, int length);

    void close();
}
