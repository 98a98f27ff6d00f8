package io.convoke.media.relay;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * With what the TLS and DTLS listeners prove who they are.
 *
 * @param chain the server's certificate first
 */
public record RelayTls(PrivateKey key, List<X509Certificate> chain) {
    /** Without the key. */
    @Override
    public String toString() {
        return "RelayTls[" + chain.size() + " certificates]";
    }
}
