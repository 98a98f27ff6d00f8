package io.convoke.media.udp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A port, and which of its flows have something queued. */
final class OpenPort implements DatagramPort {
    private final DatagramPlane plane;
    private final DatagramReceiver receiver;
    private final PortSocket socket;
    private @Nullable DatagramFlow firstActive;
    private @Nullable DatagramFlow lastActive;
    private boolean closed;

    /** The plane's next port with something queued. */
    @Nullable
    OpenPort nextActive;

    OpenPort(DatagramPlane plane, DatagramReceiver receiver, PortSocket socket) {
        this.plane = plane;
        this.receiver = receiver;
        this.socket = socket;
    }

    @Override
    public InetSocketAddress local() {
        return socket.local();
    }

    @Override
    public DatagramFlow flow(long high, long low, int port) {
        return new DatagramFlow(this, high, low, port);
    }

    void received(long high, long low, int senderPort, int offset, int length, int segment) {
        receiver.received(this, high, low, senderPort, offset, length, segment);
    }

    boolean isClosed() {
        return closed;
    }

    void queue(DatagramFlow flow, int header, int offset, int length) {
        if (closed) {
            return;
        }
        if (header == 0 || socket.gathers()) {
            add(flow, header, offset, length);
        } else {
            int copy = plane.reserve(length + SendQueue.HEADER_BYTES);
            plane.memory().putInt(copy, header);
            plane.memory().put(copy + SendQueue.HEADER_BYTES, plane.memory(), offset, length);
            add(flow, 0, copy, length + SendQueue.HEADER_BYTES);
        }
    }

    void queueCopy(DatagramFlow flow, byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        if (length > DatagramPlane.MAX_DATAGRAM_BYTES) {
            plane.dropped(1);
            return;
        }
        int copy = plane.reserve(length);
        plane.memory().put(copy, bytes, offset, length);
        add(flow, 0, copy, length);
    }

    private void add(DatagramFlow flow, int header, int offset, int length) {
        SendQueue queue = plane.queueWithRoom();
        if (flow.head == DatagramFlow.NONE) {
            if (lastActive == null) {
                firstActive = flow;
                plane.activate(this);
            } else {
                lastActive.nextActive = flow;
            }
            lastActive = flow;
        }
        queue.add(flow, header, offset, length);
    }

    /** Sends what is queued. */
    void flush() {
        DatagramFlow first = firstActive;
        if (first != null && !closed) {
            socket.send(first);
        }
        for (DatagramFlow flow = first; flow != null; ) {
            DatagramFlow next = flow.nextActive;
            flow.head = DatagramFlow.NONE;
            flow.nextActive = null;
            flow = next;
        }
        firstActive = null;
        lastActive = null;
    }

    @Override
    public void sendUnfragmented(DatagramFlow flow, byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        boolean sent = false;
        if (length <= DatagramPlane.MAX_DATAGRAM_BYTES) {
            int copy = plane.reserve(length);
            plane.memory().put(copy, bytes, offset, length);
            sent = socket.sendUnfragmented(flow, copy, length);
        }
        if (!sent) {
            plane.dropped(1);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            plane.closed(this);
            socket.close();
        }
    }
}
