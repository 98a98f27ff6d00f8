package io.convoke.protocols.dtls;

import io.convoke.protocols.dtls.DtlsFailure.Reason;
import io.convoke.protocols.sdp.Fingerprint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;

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
        if (e instanceof TlsTimeoutException) {
            return new DtlsFailure(
                    Reason.TIMEOUT,
                    "Expected a handshake within " + settings.handshakeTimeoutMillis() + " ms, but it took longer",
                    e);
        }
        if (e instanceof TlsFatalAlertReceived alert) {
            return alert("the peer sent ", alert.getAlertDescription(), e);
        }
        if (e instanceof TlsFatalAlert alert
                && alert.getAlertDescription() != AlertDescription.internal_error
                && alert.getAlertDescription() != AlertDescription.user_canceled) {
            return alert("what the peer sent was answered with ", alert.getAlertDescription(), e);
        }
        return closedOrInternal(e);
    }

    private static DtlsFailure alert(String who, short description, Exception e) {
        String text = who + "the alert " + AlertDescription.getName(description) + " (" + description + ")";
        return new DtlsFailure(Reason.ALERT, "Expected a handshake, but " + text, e);
    }

    /** The library closes the transport itself on its way out, so only the kind of exception tells who did it. */
    private static DtlsFailure closedOrInternal(Exception e) {
        boolean cancelled =
                e instanceof TlsFatalAlert alert && alert.getAlertDescription() == AlertDescription.user_canceled;
        if (cancelled || e instanceof DatagramQueue.Closed || e instanceof InterruptedIOException) {
            return new DtlsFailure(Reason.CLOSED, "Expected a handshake, but the association was closed", e);
        }
        return new DtlsFailure(
                Reason.INTERNAL, "Expected a handshake, but it failed on our side: " + e.getMessage(), e);
    }
}
