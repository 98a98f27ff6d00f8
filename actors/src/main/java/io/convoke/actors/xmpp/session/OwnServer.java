package io.convoke.actors.xmpp.session;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The XMPP server of the callbridge's own node, with which it registers while it has no configuration.
 *
 * @param host and {@code port}: where that server takes components
 * @param name the callbridge's address there
 * @param secret made up for this run of the node, and stored nowhere
 * @param certificate the server's, which alone is trusted there, whatever names are in it; null where it takes components without TLS
 */
public record OwnServer(
        String host,
        int port,
        String domain,
        String name,
        String secret,
        @Nullable X509Certificate certificate) {
    /** Never the secret. */
    @Override
    public String toString() {
        return "OwnServer[" + host + ":" + port + ", domain=" + domain + ", name=" + name + "]";
    }
}
