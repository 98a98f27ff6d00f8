package io.convoke.protocols.dtls;

import io.convoke.protocols.dtls.DtlsFailure.Reason;
import java.io.InterruptedIOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;

/** Why a handshake ended, from what the library throws; the same for both sides. */
final class HandshakeFailures {
    private HandshakeFailures() {}

    static DtlsFailure of(Exception e, int timeoutMillis) {
        if (e instanceof TlsTimeoutException) {
            return new DtlsFailure(
                    Reason.TIMEOUT, "Expected a handshake within " + timeoutMillis + " ms, but it took longer", e);
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
