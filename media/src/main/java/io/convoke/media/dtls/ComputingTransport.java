package io.convoke.media.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.DatagramTransport;

/**
 * What the DTLS library reads from and writes to. During the handshake the reader holds one of a few permits to compute, and gives it back
 * for as long as it waits for the peer. Afterwards it reads only what has already come.
 */
public final class ComputingTransport implements DatagramTransport {
    private static final int AT_ONCE_MILLIS = 1; // the queue takes 0 for "for ever"

    private final DatagramTransport datagrams;
    private final Semaphore computing;
    private boolean handshaking;

    public ComputingTransport(DatagramTransport datagrams, Semaphore computing) {
        this.datagrams = datagrams;
        this.computing = computing;
    }

    /** The handshake begins: waits for a permit. */
    public void begin() {
        computing.acquireUninterruptibly();
        handshaking = true;
    }

    /** The handshake is over. */
    public void end() {
        handshaking = false;
        computing.release();
    }

    /** Afterwards: {@link InterruptedIOException} when nothing waits, which the library passes on and takes no harm from. */
    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        if (!handshaking) {
            int received = datagrams.receive(buffer, offset, length, AT_ONCE_MILLIS);
            if (received < 0) {
                throw new InterruptedIOException("Nothing waits");
            }
            return received;
        }
        computing.release();
        try {
            return datagrams.receive(buffer, offset, length, waitMillis);
        } finally {
            computing.acquireUninterruptibly();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
        datagrams.send(buffer, offset, length);
    }

    @Override
    public int getReceiveLimit() throws IOException {
        return datagrams.getReceiveLimit();
    }

    @Override
    public int getSendLimit() throws IOException {
        return datagrams.getSendLimit();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
    }
}
