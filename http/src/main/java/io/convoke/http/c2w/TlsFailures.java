package io.convoke.http.c2w;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wFailure.Reason;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Names what a failed TLS handshake means to an operator. */
final class TlsFailures {
    private static final String ALERT = "Received fatal alert: ";
    /** Alerts about a certificate (RFC 8446 §6.2), by the names that the JDK gives them. */
    private static final Set<String> ABOUT_CERTIFICATE = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "certificate_required",
            "unknown_ca",
            "access_denied");

    private TlsFailures() {}

    /** @param suspicion what the peer most likely has against our certificate */
    static C2wFailure classify(C2wEnd end, SSLException failure, String suspicion) {
        String text = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerRefused refused) {
                return refused.failure();
            }
        }
        int alert = text.indexOf(ALERT);
        if (alert >= 0) {
            String name = text.substring(alert + ALERT.length());
            if (name.equals("handshake_failure")) {
                // What a server says that has no certificate; versions and ciphers are the same on both sides.
                return new C2wFailure(
                        Reason.NOT_CONFIGURED,
                        "The " + end.peer() + " has no C2W certificate yet (alert " + name + ")");
            }
            return ABOUT_CERTIFICATE.contains(name)
                    ? refused(end, "alert " + name, suspicion)
                    : protocol(end, "it answered with the alert " + name);
        }
        if (text.contains("Empty client certificate chain") || text.contains("Empty server certificate chain")) {
            return new C2wFailure(Reason.CLIENT_CERTIFICATE_REFUSED, "The " + end.peer() + " presented no certificate");
        }
        if (text.contains("nrecognized SSL message")) {
            return protocol(end, "it does not speak TLS (plain HTTP?)");
        }
        return protocol(end, text);
    }

    /** The peer does not want this side's certificate. */
    static C2wFailure refused(C2wEnd end, String sign, String suspicion) {
        return new C2wFailure(
                Reason.CLIENT_CERTIFICATE_REFUSED,
                "The " + end.peer() + " did not take the " + end.own() + "'s certificate (" + sign + "): " + suspicion);
    }

    private static C2wFailure protocol(C2wEnd end, String what) {
        return new C2wFailure(Reason.PROTOCOL, "There is no TLS with the " + end.peer() + ": " + what);
    }
}
