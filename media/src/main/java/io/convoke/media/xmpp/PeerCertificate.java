package io.convoke.media.xmpp;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a peer's certificate says.
 *
 * @param names subject alternative names of DNS and IP kind
 */
public record PeerCertificate(String subject, String issuer, List<String> names, Instant notBefore, Instant notAfter) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static PeerCertificate of(X509Certificate certificate) {
        return new PeerCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                namesOf(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static List<String> namesOf(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                for (List<?> entry : entries) {
                    if (entry.get(0).equals(DNS_NAME) || entry.get(0).equals(IP_ADDRESS)) {
                        names.add(String.valueOf(entry.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            // A certificate with names that cannot be read has none to show.
        }
        return List.copyOf(names);
    }
}
