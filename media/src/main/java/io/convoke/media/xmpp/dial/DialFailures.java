package io.convoke.media.xmpp.dial;

import io.convoke.protocols.xmpp.registration.Break;
import io.convoke.protocols.xmpp.registration.TlsProblem;
import io.convoke.protocols.xmpp.registration.TlsProblem.Kind;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Names what the system, Netty and the JDK's TLS say in exceptions. */
final class DialFailures {
    private static final String ALERT = "Received fatal alert: ";

    private DialFailures() {}

    static Break.NotConnected connecting(Throwable failure) {
        String words = words(failure);
        String lower = words.toLowerCase(Locale.ROOT);
        Break.Connecting kind = lower.contains("refused")
                ? Break.Connecting.REFUSED
                : failure instanceof NoRouteToHostException
                                || lower.contains("unreachable")
                                || lower.contains("no route")
                        ? Break.Connecting.UNREACHABLE
                        : failure instanceof ConnectException && lower.contains("timed out")
                                ? Break.Connecting.TIMEOUT
                                : Break.Connecting.OTHER;
        return new Break.NotConnected(kind, words);
    }

    /** Whatever broke TLS, during the handshake or after. */
    static TlsProblem tls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            int alert = text.indexOf(ALERT);
            if (alert >= 0) {
                return TlsProblem.ofAlert(text.substring(alert + ALERT.length()).strip());
            }
            if (cause instanceof NotSslRecordException || text.contains("nrecognized SSL message")) {
                return new TlsProblem(Kind.NOT_TLS, "what came is no TLS record");
            }
            if (text.contains("protocol version") || text.contains("Unsupported or unrecognized protocol")) {
                return new TlsProblem(Kind.VERSION, text);
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (isReset(root)) {
            return new TlsProblem(Kind.RESET, words(root));
        }
        boolean closed = root instanceof ClosedChannelException
                || String.valueOf(root.getMessage()).contains("onnection closed while SSL/TLS handshake");
        return closed ? new TlsProblem(Kind.CLOSED, "during the handshake") : new TlsProblem(Kind.OTHER, words(root));
    }

    static boolean isTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    static boolean isReset(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
    }

    /** Without the address that Netty adds. */
    static String words(Throwable failure) {
        String text = failure.getMessage();
        if (text == null) {
            return failure.getClass().getSimpleName();
        }
        int address = text.indexOf(": /");
        return address > 0 ? text.substring(0, address) : text;
    }
}
