package io.convoke.node.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code openssl s_client}, which shakes hands and goes. */
public final class OpensslClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OpensslClient() {}

    /**
     * The exit code: 0 when the handshake succeeded and the certificate is the domain's.
     *
     * @param more options, such as {@code -tls1_2}
     */
    public static int handshake(Path folder, String domain, int port, Path authority, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Programs.require("openssl", "openssl").toString(),
                "s_client",
                "-brief",
                "-connect",
                "127.0.0.1:" + port,
                "-servername",
                domain,
                "-verify_hostname",
                domain,
                "-CAfile",
                authority.toString(),
                "-verify_return_error"));
        command.addAll(List.of(more));
        try (PeerProcess process = PeerProcess.start("openssl", folder, Map.of(), command)) {
            process.hush();
            return process.exit(PATIENCE);
        }
    }
}
