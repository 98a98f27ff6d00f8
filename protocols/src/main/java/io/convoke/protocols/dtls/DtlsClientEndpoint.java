package io.convoke.protocols.dtls;

import io.convoke.protocols.dtls.DtlsFailure.Reason;
import io.convoke.protocols.sdp.Fingerprint;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** The active side of one DTLS-SRTP association (RFC 5764 §4): DTLS 1.2, ECDHE with AES-GCM. */
public final class DtlsClientEndpoint {
    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private final DtlsSettings settings;

    /** @param expected what the peer's description announced, at least one; the certificate must match one of them */
    public DtlsClientEndpoint(DtlsIdentity identity, List<Fingerprint> expected, DtlsSettings settings) {
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("Expected a fingerprint of the peer, but there is none");
        }
        this.identity = identity;
        this.expected = List.copyOf(expected);
        this.settings = settings;
    }

    /**
     * Does the handshake in the caller's thread: up to {@link DtlsSettings#handshakeTimeoutMillis}, less when the transport is
     * closed or the thread interrupted (which clears its flag). About 0.6 ms of it are computing.
     *
     * @param transport closed by this method when the handshake fails, after an alert to the peer
     * @throws DtlsFailure when it did not succeed, for whatever reason
     */
    public DtlsResult connect(DatagramTransport transport) throws DtlsFailure {
        var client = new SrtpClient(identity, expected, settings);
        gather(transport, true);
        try {
            DTLSTransport connected = new DTLSClientProtocol().connect(client, transport);
            return new DtlsResult(client.keys(), client.suiteName(), connected, transport);
        } catch (IOException | RuntimeException e) {
            throw failure(client, e);
        } finally {
            gather(transport, false);
        }
    }

    private static void gather(DatagramTransport transport, boolean gather) {
        if (transport instanceof DatagramQueue queue) {
            queue.gather(gather);
        }
    }

    private DtlsFailure failure(SrtpClient client, Exception e) {
        if (client.fingerprintMismatch()) {
            return new DtlsFailure(
                    Reason.FINGERPRINT_MISMATCH,
                    "Expected the certificate the peer's description announced, but the peer showed another",
                    e);
        }
        if (client.noCommonProfile()) {
            return new DtlsFailure(
                    Reason.NO_COMMON_PROFILE, "Expected one of " + settings.profiles() + ", but the peer took none", e);
        }
        return HandshakeFailures.of(e, settings.handshakeTimeoutMillis());
    }
}
