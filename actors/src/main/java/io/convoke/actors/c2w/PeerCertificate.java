package io.convoke.actors.c2w;

import java.time.Instant;
import java.util.List;

/**
 * What the other end of a C2W link proved itself with.
 *
 * @param names the DNS and IP subject alternative names
 * @param sha256 fingerprint, upper-case hex with colons
 */
public record PeerCertificate(String subject, List<String> names, Instant notBefore, Instant notAfter, String sha256) {
    public PeerCertificate {
        names = List.copyOf(names);
    }
}
