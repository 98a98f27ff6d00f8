package io.convoke.protocols.dtls;

import io.convoke.protocols.srtp.SrtpKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/**
 * An association whose handshake is done. It may be handed to another thread, but is used by one at a time. Its owner goes on
 * showing it what the peer sends ({@link #handlePending}), to learn of the peer's end, and closes it.
 */
public final class DtlsResult {
    private final SrtpKeys keys;
    private final String cipherSuite;
    private final DTLSTransport transport;
    private final DatagramTransport below;
    private final byte[] discarded = new byte[DatagramQueue.MAX_DATAGRAM_BYTES];

    DtlsResult(SrtpKeys keys, String cipherSuite, DTLSTransport transport, DatagramTransport below) {
        this.keys = keys;
        this.cipherSuite = cipherSuite;
        this.transport = transport;
        this.below = below;
    }

    /** Keys and profile for SRTP; secret. */
    public SrtpKeys keys() {
        return keys;
    }

    /** For people: {@code DTLS 1.2}. */
    public String protocol() {
        return "DTLS 1.2";
    }

    /** The suite's registered name, for instance {@code TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}. */
    public String cipherSuite() {
        return cipherSuite;
    }

    /** The library's view, for owners that prefer to block in {@code receive}. */
    public DTLSTransport transport() {
        return transport;
    }

    /**
     * Reads what waits in the {@link DatagramQueue} this was connected over, without ever blocking; application data is dropped.
     * To be called after datagrams were offered to the queue.
     *
     * @return false once the association is over: closed by the peer, by an alert or by us
     * @throws IllegalStateException when it was connected over some other transport
     */
    public boolean handlePending() {
        if (!(below instanceof DatagramQueue queue)) {
            throw new IllegalStateException("Expected a DatagramQueue below, but it is another transport");
        }
        queue.neverWait(true);
        try {
            while (true) {
                transport.receive(discarded, 0, discarded.length, 1);
            }
        } catch (InterruptedIOException nothingWaits) {
            return true;
        } catch (IOException over) {
            return false;
        } finally {
            queue.neverWait(false);
        }
    }

    /** Sends close_notify and closes the transport below. May be called often. */
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            // Nothing is left to be closed then.
            return;
        }
    }

    /** Without keys. */
    @Override
    public String toString() {
        return "DtlsResult[" + protocol() + ", " + keys.profile() + ", " + cipherSuite + "]";
    }
}
