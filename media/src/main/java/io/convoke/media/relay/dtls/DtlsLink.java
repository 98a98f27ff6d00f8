package io.convoke.media.relay.dtls;

import io.convoke.media.dtls.ComputingTransport;
import io.convoke.media.relay.stream.ClientPath;
import io.convoke.media.relay.stream.StreamUser;
import io.convoke.media.tcp.Wheel;
import io.convoke.media.udp.DatagramFlow;
import io.convoke.protocols.dtls.DatagramQueue;
import io.convoke.protocols.dtls.DtlsAssociation;
import io.convoke.protocols.dtls.DtlsFailure;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.wire.BigEndian;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.tls.DTLSRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's association. On its loop's thread, the handshake aside. */
final class DtlsLink implements ClientPath, Wheel.Due {
    static final int MAX_RECORD_BYTES = 16 << 10;
    private static final int QUEUED_DATAGRAMS = 32;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int CLIENT_HELLO = 1;
    /** RFC 6347 §4.1: in the record's header. */
    private static final int EPOCH_AT = 3;
    /** Behind the headers of record and message, and the version. */
    private static final int RANDOM_AT = 13 + 12 + 2;

    private static final int RANDOM_BYTES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(DtlsLink.class);

    private final DtlsPort port;
    private final InetSocketAddress remote;
    private final TransportAddress source;
    private final DatagramFlow flow;
    private final byte[] random;
    private final DatagramQueue queue = new DatagramQueue(QUEUED_DATAGRAMS, this::output);
    private final Wheel.Entry entry = new Wheel.Entry(this);
    private @Nullable DtlsAssociation association;
    private @Nullable StreamUser user;
    private long idleAtNanos = Long.MAX_VALUE;
    private boolean reading;
    private boolean closed;

    DtlsLink(DtlsPort port, InetSocketAddress remote, TransportAddress source, DatagramFlow flow, byte[] hello) {
        this.port = port;
        this.remote = remote;
        this.source = source;
        this.flow = flow;
        random = Arrays.copyOfRange(hello, RANDOM_AT, RANDOM_AT + RANDOM_BYTES);
    }

    /** Whether this is how an association begins. */
    static boolean isClientHello(byte[] datagram) {
        return datagram.length >= RANDOM_AT + RANDOM_BYTES
                && datagram[0] == HANDSHAKE
                && datagram[EPOCH_AT] == 0
                && datagram[EPOCH_AT + 1] == 0
                && datagram[13] == CLIENT_HELLO;
    }

    static boolean isData(byte[] datagram) {
        return datagram.length > 0 && datagram[0] == APPLICATION_DATA;
    }

    /** Whether it is a copy of the ClientHello of this association. */
    boolean beganWith(byte[] hello) {
        return Arrays.equals(random, 0, RANDOM_BYTES, hello, RANDOM_AT, RANDOM_AT + RANDOM_BYTES);
    }

    /** Starts the handshake, if there is room for one. */
    boolean begin(DTLSRequest request) {
        return port.server().handshakes().begin(remote.getAddress(), () -> handshake(request));
    }

    TransportAddress source() {
        return source;
    }

    @Override
    public int listener() {
        return port.listener();
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    /** A datagram of the client's, this link's from now on. */
    void datagram(byte[] datagram) {
        if (!queue.offer(datagram)) {
            port.server().counts().unexpected.increment();
        } else if (association != null) {
            read(association);
        }
    }

    @Override
    public boolean send(byte[] message, int offset, int length) {
        if (!port.eventLoop().inEventLoop()) {
            byte[] copy = Arrays.copyOfRange(message, offset, offset + length);
            port.eventLoop().execute(() -> send(copy, 0, length));
            return true;
        }
        DtlsAssociation to = association;
        if (closed || to == null || length > MAX_RECORD_BYTES) {
            return false;
        }
        if (!to.write(message, offset, length)) {
            end();
            return false;
        }
        return true;
    }

    @Override
    public boolean sendChannelData(int header, ByteBuffer memory, int offset, int length) {
        if (length > MAX_RECORD_BYTES - Integer.BYTES) {
            return false;
        }
        byte[] message = port.scratchOut();
        BigEndian.put32(message, 0, header);
        memory.get(offset, message, Integer.BYTES, length);
        return send(message, 0, Integer.BYTES + length);
    }

    @Override
    public void flush() {
        // Datagrams leave with the loop's others.
    }

    @Override
    public void close() {
        if (!port.eventLoop().inEventLoop()) {
            port.eventLoop().execute(this::close);
            return;
        }
        if (association != null) {
            association.close(); // says close_notify
        }
        end();
    }

    /** The client has begun anew, and knows nothing of this one any more. */
    void replaced() {
        end();
    }

    @Override
    public long deadlineNanos() {
        return idleAtNanos;
    }

    @Override
    public void handleTimeout(long nowNanos) {
        StreamUser to = user;
        if (to != null && to.isServed()) {
            active(nowNanos);
        } else {
            port.server().counts().idle.increment();
            close();
        }
    }

    /** On a thread for handshakes. */
    private void handshake(DTLSRequest request) {
        DtlsHandshakes handshakes = port.server().handshakes();
        ComputingTransport transport = handshakes.transport(queue);
        DtlsAssociation made = null;
        transport.begin();
        try {
            made = port.server().endpoint().accept(request, queue, transport);
        } catch (DtlsFailure e) {
            LOG.trace("Handshake failed", e);
        } finally {
            transport.end(); // before the loop reads what the handshake has left
            handshakes.leave(remote.getAddress());
        }
        DtlsAssociation done = made;
        try {
            port.eventLoop().execute(() -> ended(done));
        } catch (RejectedExecutionException stopped) {
            LOG.trace("The relay stops", stopped);
        }
    }

    private void ended(@Nullable DtlsAssociation made) {
        if (made != null) {
            succeeded(made);
        } else {
            failed();
        }
    }

    private void succeeded(DtlsAssociation made) {
        if (closed) {
            made.close();
            return;
        }
        port.server().counts().handshakes.increment();
        association = made;
        active(System.nanoTime());
        port.established(this);
        user = port.opening().opened(this);
        read(made); // what came between the handshake's end and now
    }

    private void failed() {
        port.server().counts().handshakesFailed.increment();
        end();
    }

    private void read(DtlsAssociation from) {
        if (reading) {
            return; // whoever reads goes on until nothing waits
        }
        reading = true;
        try {
            byte[] data = port.scratch();
            int length = from.read(data);
            while (length >= 0 && !closed) {
                message(data, length);
                length = from.read(data);
            }
            if (length == DtlsAssociation.OVER) {
                end();
            }
        } finally {
            reading = false;
        }
    }

    private void message(byte[] data, int length) {
        StreamUser to = user;
        if (to != null && length > 0) {
            if (!to.isServed()) {
                active(System.nanoTime());
            }
            to.message(data, 0, length);
        }
    }

    private void active(long nowNanos) {
        idleAtNanos = nowNanos + port.server().limits().idleTimeout().toNanos();
        port.wheel().watch(entry);
    }

    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        idleAtNanos = Long.MAX_VALUE;
        port.wheel().remove(entry);
        queue.close();
        port.ended(this);
        StreamUser from = user;
        user = null;
        if (from != null) {
            from.gone();
        }
    }

    /** On any thread. */
    private void output(byte[] bytes, int offset, int length) {
        if (port.eventLoop().inEventLoop()) {
            flow.sendCopy(bytes, offset, length);
        } else {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            port.eventLoop().execute(() -> flow.sendCopy(copy, 0, copy.length));
        }
    }
}
