package io.convoke.media.udp;

/**
 * How a socket is opened.
 *
 * @param reusePort whether other sockets may share the address, so that the kernel spreads senders over them
 * @param joined whether the kernel may hand in several datagrams of one sender at once (UDP_GRO); without effect where it cannot
 * @param segmented whether datagrams of one length to one destination leave in one system call (UDP_SEGMENT); likewise
 * @param fragmented whether datagrams longer than a path takes are fragmented on the way, and leave without "don't fragment"
 * @param sendBufferBytes 0 for the system's default, likewise {@code receiveBufferBytes}
 */
public record PortOptions(
        boolean reusePort,
        boolean joined,
        boolean segmented,
        boolean fragmented,
        int sendBufferBytes,
        int receiveBufferBytes) {
    /** All that is fast, alone on its address, with the system's buffers. */
    public static PortOptions fast() {
        return new PortOptions(false, true, true, true, 0, 0);
    }

    /** These options with a shared address. */
    public PortOptions shared() {
        return new PortOptions(true, joined, segmented, fragmented, sendBufferBytes, receiveBufferBytes);
    }

    /** These options with buffers of a size of one's own. */
    public PortOptions buffers(int newSendBytes, int newReceiveBytes) {
        return new PortOptions(reusePort, joined, segmented, fragmented, newSendBytes, newReceiveBytes);
    }
}
