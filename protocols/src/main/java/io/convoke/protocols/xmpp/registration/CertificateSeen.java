package io.convoke.protocols.xmpp.registration;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A peer's certificate as people look at it.
 *
 * @param sans its subject alternative names: DNS names and addresses bare, others as {@code kind:name}
 */
public record CertificateSeen(String subject, String issuer, List<String> sans, Instant notBefore, Instant notAfter) {
    public static CertificateSeen of(X509Certificate certificate) {
        return new CertificateSeen(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                SubjectNames.of(certificate).forPeople(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
