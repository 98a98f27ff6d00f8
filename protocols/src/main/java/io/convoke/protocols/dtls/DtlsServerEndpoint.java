package io.convoke.protocols.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramSender;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The passive side of associations that carry data (RFC 6347): DTLS 1.2, ECDHE with an AEAD, clients without certificates. Until a client has
 * shown that it gets what is sent to its address (§4.2.1), nothing is kept of it. Any number of threads may use it at once.
 */
public final class DtlsServerEndpoint {
    private final DtlsServerIdentity identity;
    private final int handshakeTimeoutMillis;
    private final DTLSVerifier verifier;

    /** @param handshakeTimeoutMillis whole handshake, at least 1 */
    public DtlsServerEndpoint(DtlsServerIdentity identity, int handshakeTimeoutMillis) {
        this.identity = identity;
        this.handshakeTimeoutMillis = handshakeTimeoutMillis;
        verifier = new DTLSVerifier(identity.crypto());
    }

    /**
     * Looks at the first datagram from an address; without a good cookie in its ClientHello, answers with one. The answer is shorter than what
     * it answers.
     *
     * @param client the address as bytes, what a cookie is made for
     * @param answer called at once, if at all
     * @return what a handshake begins with; null where that cannot be yet
     */
    public @Nullable DTLSRequest verify(
            byte[] client, byte[] datagram, int offset, int length, DatagramQueue.Output answer) {
        if (!DtlsGuard.admits(datagram, offset, length)) {
            return null;
        }
        return verifier.verifyRequest(client, datagram, offset, length, new DatagramSender() {
            @Override
            public int getSendLimit() {
                return DatagramQueue.MTU;
            }

            @Override
            public void send(byte[] bytes, int from, int count) {
                answer.send(bytes, from, count);
            }
        });
    }

    /**
     * Does the handshake in the caller's thread: up to the time-out, less when the queue is closed or the thread interrupted.
     *
     * @param transport reads from the queue, and is closed when the handshake fails
     * @throws DtlsFailure when it did not succeed, for whatever reason
     */
    public DtlsAssociation accept(DTLSRequest request, DatagramQueue queue, DatagramTransport transport)
            throws DtlsFailure {
        queue.gather(true);
        try {
            DTLSTransport connected = new DTLSServerProtocol()
                    .accept(new DataServer(identity, handshakeTimeoutMillis), transport, request);
            return new DtlsAssociation(connected, queue);
        } catch (IOException | RuntimeException e) {
            throw HandshakeFailures.of(e, handshakeTimeoutMillis);
        } finally {
            queue.gather(false);
        }
    }
}
