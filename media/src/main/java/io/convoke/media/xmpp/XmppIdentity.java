package io.convoke.media.xmpp;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the server proves itself with.
 *
 * @param chain its own certificate first
 * @param trust whose certificates components may show; empty: any is taken, and only shown
 */
public record XmppIdentity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trust) {
    /** Without the key. */
    @Override
    public String toString() {
        return "XmppIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
