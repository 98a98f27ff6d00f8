package io.convoke.http.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a server's identity lies.
 *
 * @param certificate PEM: its own certificate first, then the chain
 * @param key PEM: the private key, not encrypted
 */
public record PemPaths(Path certificate, Path key) {
    List<Path> files() {
        return List.of(certificate, key);
    }
}
