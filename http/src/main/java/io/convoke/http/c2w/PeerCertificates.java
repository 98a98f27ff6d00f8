package io.convoke.http.c2w;

import io.convoke.actors.c2w.PeerCertificate;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Describes peers' certificates. */
final class PeerCertificates {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private PeerCertificates() {}

    /** The one that the handshake of this session verified; null where the peer presented none. */
    static @Nullable PeerCertificate of(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate ? of(certificate) : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    static PeerCertificate of(X509Certificate certificate) {
        return new PeerCertificate(
                certificate.getSubjectX500Principal().getName(),
                names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                sha256(certificate));
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            for (List<?> entry : entries == null ? List.<List<?>>of() : entries) {
                int type = (Integer) entry.get(0);
                if (type == DNS_NAME || type == IP_ADDRESS) {
                    names.add(String.valueOf(entry.get(1)));
                }
            }
        } catch (CertificateParsingException malformed) {
            names.clear();
        }
        return names;
    }

    private static String sha256(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected a certificate that was read before", e);
        }
    }
}
