package io.convoke.protocols.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * Between the thread that has the socket and the one that does the handshake: datagrams in by {@link #offer}, out by an
 * {@link Output}. Bounded; what does not fit is dropped, as on any network. Safe for use by several threads; one of them reads.
 */
public final class DatagramQueue implements DatagramTransport {
    /** Largest datagram sent; fits WebRTC's paths without fragmentation. */
    public static final int MTU = 1_200;
    /** Largest datagram taken in: jumbo frames on a local network. */
    static final int MAX_DATAGRAM_BYTES = 9_216;

    private static final byte[] CLOSED = new byte[0];

    /** Where datagrams go. Called by the thread that does the handshake or closes the association. */
    @FunctionalInterface
    public interface Output {
        /** Sends or drops; must copy what it keeps. The array is the caller's. */
        void send(byte[] bytes, int offset, int length);
    }

    /** Thrown instead of waiting; the library passes it on without ending the association. */
    private static final class NothingWaiting extends InterruptedIOException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Thrown to the reader once {@link #close} was called. */
    static final class Closed extends IOException {
        Closed() {
            super("Expected a datagram, but the association was closed");
        }
    }

    private final ArrayBlockingQueue<byte[]> waiting;
    private final Output output;
    private final NothingWaiting nothingWaiting = new NothingWaiting();
    private volatile boolean closed;
    private volatile boolean neverWait;
    private final byte[] gathered = new byte[MTU];
    private int gatheredBytes;
    private boolean gathering;

    /** @param capacity datagrams held at most, at least 1 */
    public DatagramQueue(int capacity, Output output) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.output = output;
    }

    /**
     * Takes a datagram that came from the peer.
     *
     * @param datagram the queue's from now on
     * @return false when it was dropped: refused by {@link DtlsGuard}, too large, queue full or closed
     */
    public boolean offer(byte[] datagram) {
        return !closed
                && datagram.length <= MAX_DATAGRAM_BYTES
                && DtlsGuard.admits(datagram, 0, datagram.length)
                && waiting.offer(datagram);
    }

    /** Ends {@link #receive} in whatever thread waits there; drops what waits. May be called often. */
    @Override
    public void close() {
        flush();
        closed = true;
        while (!waiting.offer(CLOSED)) {
            waiting.clear();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        flush();
        byte[] datagram = closed ? CLOSED : take(waitMillis);
        if (datagram == null) {
            return -1;
        }
        if (closed) {
            throw new Closed();
        }
        int taken = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, taken);
        return taken;
    }

    private byte @Nullable [] take(int waitMillis) throws InterruptedIOException {
        if (neverWait) {
            byte[] datagram = waiting.poll();
            if (datagram == null) {
                throw nothingWaiting;
            }
            return datagram;
        }
        try {
            // 0 means for ever (DatagramReceiver's contract); close() ends that too.
            return waitMillis == 0 ? waiting.take() : waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The exception carries the news on; this module leaves threads, and so their flags, to their owners.
            throw new InterruptedIOException("Expected a datagram, but the thread was interrupted");
        }
    }

    /** From now on {@link #receive} throws {@link InterruptedIOException} where it would wait. */
    void neverWait(boolean never) {
        neverWait = never;
    }

    @Override
    public synchronized void send(byte[] buffer, int offset, int length) {
        if (!gathering || length > MTU) {
            flush();
            output.send(buffer, offset, length);
            return;
        }
        if (gatheredBytes + length > MTU) {
            flush();
        }
        System.arraycopy(buffer, offset, gathered, gatheredBytes, length);
        gatheredBytes += length;
    }

    /**
     * Whether what is sent waits until a datagram is full or the sender wants to receive. The library sends each record by
     * itself; gathered, a flight is one datagram instead of five, so that one loss in five times as many handshakes costs a resend.
     */
    synchronized void gather(boolean gather) {
        gathering = gather;
        flush();
    }

    private synchronized void flush() {
        if (gatheredBytes > 0) {
            int length = gatheredBytes;
            gatheredBytes = 0;
            output.send(gathered, 0, length);
        }
    }

    @Override
    public int getReceiveLimit() {
        return MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
        return MTU;
    }
}
