package io.convoke.media.xmpp.dial;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What a connection's TLS works with.
 *
 * @param chain of the own certificate, itself first
 * @param anchors whom to trust, as issuer or as themselves
 * @param trustedBy what the anchors are called, for people
 * @param clock for certificates' dates
 */
public record DialTls(
        PrivateKey key,
        List<X509Certificate> chain,
        Set<X509Certificate> anchors,
        String trustedBy,
        InstantSource clock) {
    public DialTls {
        chain = List.copyOf(chain);
        anchors = Set.copyOf(anchors);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "DialTls[" + chain.get(0).getSubjectX500Principal() + ", trusting " + trustedBy + "]";
    }
}
