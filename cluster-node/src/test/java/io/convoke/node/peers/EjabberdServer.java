package io.convoke.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * ejabberd, without TLS: components and clients come in by plain TCP. It runs as an Erlang node without a name, so there is neither a port mapper
 * nor a cookie.
 */
public final class EjabberdServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String PACKAGE = "ejabberd";
    private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    private final int clientPort = Ports.free();
    private final int componentPort = Ports.free();
    private final PeerProcess process;

    private EjabberdServer(Path folder, ServedDomain served) {
        try {
            Files.writeString(folder.resolve("ejabberd.yml"), configuration(served));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        process = PeerProcess.start(
                "ejabberd",
                folder,
                Map.of(
                        "EJABBERD_CONFIG_PATH", folder.resolve("ejabberd.yml").toString(),
                        "EJABBERD_LOG_PATH", folder.resolve("ejabberd.log").toString(),
                        "ERL_CRASH_DUMP", folder.resolve("crash.dump").toString(),
                        "ERL_LIBS", LIBRARIES.toString()),
                List.of(
                        Programs.require("erl", PACKAGE).toString(),
                        "-noinput",
                        "-boot",
                        "start_sasl",
                        "-mnesia",
                        "dir",
                        "\"" + folder.resolve("database") + "\"",
                        "-s",
                        "ejabberd",
                        "-eval",
                        "ok = ejabberd_auth:try_register(<<\"%s\">>, <<\"%s\">>, <<\"%s\">>), io:format(\"Accounts are there.~n\")."
                                .formatted(ServedDomain.USER, served.domain(), ServedDomain.PASSWORD)));
    }

    /** Skips the test, or fails it under {@code CI=true}, where ejabberd is missing. */
    public static void require() {
        Programs.require("ejabberdctl", PACKAGE);
    }

    /** Returns once it listens and has its account. The folder is this server's alone. */
    public static EjabberdServer start(Path folder, ServedDomain served) {
        require();
        EjabberdServer server = new EjabberdServer(folder, served);
        try {
            server.process.awaitLine("127.0.0.1:" + server.componentPort + " for ejabberd_service", START);
            server.process.awaitLine("127.0.0.1:" + server.clientPort + " for ejabberd_c2s", START);
            server.process.awaitLine("Accounts are there.", START);
            return server;
        } catch (AssertionError failure) {
            server.close();
            throw failure;
        }
    }

    public int clientPort() {
        return clientPort;
    }

    public int componentPort() {
        return componentPort;
    }

    @Override
    public void close() {
        process.close();
    }

    private String configuration(ServedDomain served) {
        return """
                loglevel: info
                hosts:
                  - "%1$s"
                  - "%2$s"
                listen:
                  -
                    port: %3$d
                    ip: "127.0.0.1"
                    module: ejabberd_c2s
                  -
                    port: %4$d
                    ip: "127.0.0.1"
                    module: ejabberd_service
                    access: all
                    global_routes: false
                    hosts:
                      "%5$s":
                        password: "%6$s"
                auth_password_format: plain
                host_config:
                  "%2$s":
                    auth_method: [anonymous]
                    anonymous_protocol: sasl_anon
                modules:
                  mod_disco: {}
                  mod_ping: {}
                """.formatted(
                served.domain(), served.guests(), clientPort, componentPort, served.component(), served.secret());
    }
}
