package io.convoke.http.c2w;

import io.convoke.actors.c2w.C2wFailure;
import java.security.cert.CertificateException;

/** Stops a handshake because of the peer's certificate, and carries the reason out through the TLS engine. */
final class PeerRefused extends CertificateException {
    private static final long serialVersionUID = 1;
    private final C2wFailure failure;

    PeerRefused(C2wFailure.Reason reason, String words) {
        super(words);
        failure = new C2wFailure(reason, words);
    }

    C2wFailure failure() {
        return failure;
    }
}
