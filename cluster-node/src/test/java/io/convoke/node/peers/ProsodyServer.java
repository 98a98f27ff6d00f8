package io.convoke.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prosody: components may come in by direct TLS, only with a certificate of the tests' authority, or in the clear; clients by STARTTLS, in the
 * clear, or by WebSocket. It has rooms too. It can be stopped and started again, on the same ports.
 */
public final class ProsodyServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Path program = Programs.require("prosody", "prosody");
    private final Path folder;
    private final int clientPort = Ports.free();
    private final int componentPort = Ports.free();
    private final int tlsPort = Ports.free();
    private final int webSocketPort = Ports.free();
    private @Nullable PeerProcess process;

    /**
     * With the server's certificate, and the authority of whoever comes in. The folder is this server's alone.
     *
     * @param moreDomains that it serves too; whoever names others in SNI is sent away
     */
    public ProsodyServer(
            Path folder,
            ServedDomain served,
            TestCertificates.Pair certificate,
            Path authority,
            String... moreDomains) {
        this.folder = folder;
        try {
            // Prosody's own encoding of names of folders.
            Path accounts = folder.resolve("data")
                    .resolve(served.domain().replace(".", "%2e"))
                    .resolve("accounts");
            Files.createDirectories(accounts);
            Files.writeString(
                    accounts.resolve(ServedDomain.USER + ".dat"),
                    "return { [\"password\"] = \"" + ServedDomain.PASSWORD + "\" };\n");
            StringBuilder text = new StringBuilder(configuration(served, certificate, authority));
            for (String domain : moreDomains) {
                text.append("VirtualHost \"").append(domain).append("\"\n");
            }
            Files.writeString(configuration(), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Skips the test, or fails it under {@code CI=true}, where Prosody is missing. */
    public static void require() {
        Programs.require("prosody", "prosody");
    }

    /** Returns once it listens on all ports. */
    public void start() {
        PeerProcess started = PeerProcess.start(
                "prosody",
                folder,
                Map.of(),
                List.of(program.toString(), "-F", "--config", configuration().toString()));
        process = started;
        for (int port : List.of(clientPort, componentPort, tlsPort, webSocketPort)) {
            started.awaitLine("on [127.0.0.1]:" + port, START);
        }
    }

    public int clientPort() {
        return clientPort;
    }

    /** Where components come in without TLS. */
    public int componentPort() {
        return componentPort;
    }

    /** Where components, and clients, come in with TLS from the first byte. */
    public int tlsPort() {
        return tlsPort;
    }

    /** {@code ws://127.0.0.1:port/xmpp-websocket}. */
    public int webSocketPort() {
        return webSocketPort;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    private Path configuration() {
        return folder.resolve("prosody.cfg.lua");
    }

    private String configuration(ServedDomain served, TestCertificates.Pair certificate, Path authority) {
        return """
                run_as_root = true
                data_path = "%1$s/data"
                pidfile = "%1$s/prosody.pid"
                log = { { levels = { min = "info" }, to = "console" } }
                network_settings = { tcp_nodelay = true }
                interfaces = { "127.0.0.1" }
                component_interfaces = { "127.0.0.1" }
                modules_enabled = { "posix", "disco", "saslauth", "ping", "net_multiplex", "tls", "smacks", "websocket" }
                modules_disabled = { "s2s", "offline" }
                consider_websocket_secure = true
                http_ports = { %12$d }
                http_interfaces = { "127.0.0.1" }
                http_default_host = "%9$s"
                https_ports = {}
                ssl = { certificate = "%5$s", key = "%6$s" }
                c2s_require_encryption = false
                allow_unencrypted_plain_auth = true
                c2s_ports = { %2$d }
                component_ports = { %3$d }
                ports = {}
                ssl_ports = { %4$d }
                ssl_ssl = { certificate = "%5$s", key = "%6$s", cafile = "%7$s", verify = { "peer", "fail_if_no_peer_cert" } }
                VirtualHost "%8$s"
                  authentication = "internal_plain"
                VirtualHost "%9$s"
                  authentication = "anonymous"
                Component "%10$s"
                  component_secret = "%11$s"
                Component "%13$s" "muc"
                  muc_room_locking = false
                """.formatted(
                        folder,
                        clientPort,
                        componentPort,
                        tlsPort,
                        certificate.certificate(),
                        certificate.key(),
                        authority,
                        served.domain(),
                        served.guests(),
                        served.component(),
                        served.secret(),
                        webSocketPort,
                        served.rooms());
    }
}
