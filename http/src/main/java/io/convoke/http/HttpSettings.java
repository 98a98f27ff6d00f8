package io.convoke.http;

import io.convoke.http.tls.PemPaths;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP or HTTPS server.
 *
 * @param host address or name to bind
 * @param port TCP port; 0 takes any free one
 * @param tls its certificate; null serves plain HTTP
 * @param headTimeout within which a connection's first request must have arrived, its body aside; later ones have {@code idleTimeout} more
 * @param idleTimeout a connection on which no byte moves for this long is closed
 * @param maxConnections at once; further ones wait to be accepted
 */
public record HttpSettings(
        String host, int port, @Nullable PemPaths tls, Duration headTimeout, Duration idleTimeout, int maxConnections) {
    /** Plain HTTP on loopback. */
    public static HttpSettings loopback(int port) {
        return new HttpSettings("127.0.0.1", port, null, Duration.ofSeconds(10), Duration.ofSeconds(60), 4096);
    }
}
