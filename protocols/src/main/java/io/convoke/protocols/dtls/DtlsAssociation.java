package io.convoke.protocols.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.bouncycastle.tls.DTLSTransport;

/** An association that carries data, its handshake done. It may be handed to another thread, but is used by one at a time; it never waits. */
public final class DtlsAssociation {
    /** No data waits. */
    public static final int NOTHING = -1;
    /** The association is over: closed by the peer, by an alert, or here. */
    public static final int OVER = -2;

    /** How long the library goes on with what is there; the queue never waits. */
    private static final int WAIT_MILLIS = 1_000;

    private final DTLSTransport transport;
    private final DatagramQueue queue;

    DtlsAssociation(DTLSTransport transport, DatagramQueue queue) {
        this.transport = transport;
        this.queue = queue;
        queue.neverWait(true);
    }

    /**
     * Reads one record's data from what was offered to the queue, and answers what else came there. To be called until nothing waits.
     *
     * @return bytes read; {@link #NOTHING} or {@link #OVER}
     */
    public int read(byte[] into) {
        try {
            int length = transport.receive(into, 0, into.length, WAIT_MILLIS);
            while (length < 0 && !queue.isClosed()) { // time went by while it looked at something else than data
                length = transport.receive(into, 0, into.length, WAIT_MILLIS);
            }
            return length < 0 ? OVER : length;
        } catch (InterruptedIOException nothingWaits) {
            return NOTHING;
        } catch (IOException | RuntimeException over) {
            return OVER;
        }
    }

    /** Sends the data in one record. Answers false where that cannot be done any more. */
    public boolean write(byte[] data, int offset, int length) {
        try {
            transport.send(data, offset, length);
            return true;
        } catch (IOException | RuntimeException over) {
            return false;
        }
    }

    /** Sends close_notify and closes the queue. May be called often. */
    public void close() {
        try {
            transport.close();
        } catch (IOException | RuntimeException nothingLeft) {
            queue.close();
        }
    }
}
