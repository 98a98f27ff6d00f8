package io.convoke.bench.xmpp;

import io.convoke.bench.xmpp.Contender.Ports;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How each server is started: nothing but components and guests, all on loopback, TCP_NODELAY wherever that can be said. */
final class Contenders {
    static final List<String> NAMES = List.of("Convoke", "Prosody", "ejabberd");

    private static final Path ERLANG_LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    private Contenders() {}

    /** Whether this machine has it. */
    static boolean isThere(String name) {
        return switch (name) {
            case "Prosody" -> Files.isExecutable(Path.of("/usr/bin/prosody"));
            case "ejabberd" ->
                Files.isExecutable(Path.of("/usr/sbin/ejabberdctl")) && Files.isExecutable(Path.of("/usr/bin/erl"));
            default -> true;
        };
    }

    static Contender start(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        return switch (name) {
            case "Prosody" -> prosody(folder);
            case "ejabberd" -> ejabberd(folder);
            default -> ours(folder);
        };
    }

    private static Contender ours(Path folder) throws IOException {
        Ports ports = Ports.free();
        PemPaths pem = certificate(folder);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // As ./convoke starts a node.
        command.addAll(List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:+UseStringDeduplication", "-Xss512k"));
        command.add("-Dio.netty.leakDetection.level=disabled");
        command.addAll(List.of("--add-opens", "java.base/java.nio=ALL-UNNAMED"));
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.add("-Dio.netty.tryReflectionSetAccessible=true");
        String more = System.getProperty("convoke.bench.xmpp.options", "");
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split(" ", -1)));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), XmppServerMain.class.getName()));
        command.addAll(List.of(
                Integer.toString(ports.components()),
                Integer.toString(ports.tls()),
                Integer.toString(ports.clients())));
        command.addAll(List.of(pem.certificate().toString(), pem.key().toString()));
        return Contender.start("Convoke", folder, command, Map.of(), ports);
    }

    private static Contender prosody(Path folder) throws IOException {
        Ports ports = Ports.free();
        PemPaths pem = certificate(folder);
        String components = each("""
                Component "%s"
                  component_secret = "%s"
                """);
        Path configuration = folder.resolve("prosody.cfg.lua");
        Files.writeString(
                configuration,
                """
                run_as_root = true
                data_path = "%1$s/data"
                pidfile = "%1$s/prosody.pid"
                log = { { levels = { min = "warn" }, to = "console" } }
                network_settings = { tcp_nodelay = true }
                interfaces = { "127.0.0.1" }
                component_interfaces = { "127.0.0.1" }
                modules_enabled = { "saslauth", "net_multiplex" }
                modules_disabled = { "s2s", "offline", "http", "pep", "limits" }
                c2s_require_encryption = false
                c2s_ports = { %2$d }
                component_ports = { %3$d }
                http_ports = {}
                https_ports = {}
                ports = {}
                ssl_ports = { %4$d }
                ssl_ssl = { certificate = "%5$s", key = "%6$s" }
                ssl = { certificate = "%5$s", key = "%6$s" }
                VirtualHost "%7$s"
                  authentication = "anonymous"
                """.formatted(
                                        folder,
                                        ports.clients(),
                                        ports.components(),
                                        ports.tls(),
                                        pem.certificate(),
                                        pem.key(),
                                        Contender.DOMAIN)
                        + components);
        Files.createDirectories(folder.resolve("data"));
        List<String> command = List.of("/usr/bin/prosody", "-F", "--config", configuration.toString());
        return Contender.start("Prosody", folder, command, Map.of(), ports);
    }

    private static Contender ejabberd(Path folder) throws IOException {
        Ports free = Ports.free();
        Ports ports = new Ports(free.components(), 0, free.clients()); // its components with TLS reset each handshake
        String components = each("      \"%s\":\n        password: \"%s\"\n");
        Path configuration = folder.resolve("ejabberd.yml");
        Files.writeString(configuration, """
                loglevel: warning
                hosts:
                  - "%1$s"
                listen:
                  -
                    port: %2$d
                    ip: "127.0.0.1"
                    module: ejabberd_c2s
                    max_stanza_size: infinity
                    backlog: 1024
                  -
                    port: %3$d
                    ip: "127.0.0.1"
                    module: ejabberd_service
                    global_routes: false
                    shaper: none
                    hosts:
                %4$sauth_method: [anonymous]
                anonymous_protocol: sasl_anon
                allow_multiple_connections: true
                acl: {}
                shaper_rules:
                  max_user_sessions: 100000
                  c2s_shaper: none
                modules: {}
                """.formatted(
                        Contender.DOMAIN, ports.clients(), ports.components(), components.indent(4)));
        Map<String, String> environment = Map.of(
                "EJABBERD_CONFIG_PATH", configuration.toString(),
                "EJABBERD_LOG_PATH", folder.resolve("server.log").toString(),
                "ERL_CRASH_DUMP", folder.resolve("crash.dump").toString(),
                "ERL_LIBS", ERLANG_LIBRARIES.toString());
        List<String> command = List.of(
                "/usr/bin/erl",
                "-noinput",
                "+K",
                "true",
                "+P",
                "250000",
                "+Q",
                "65536",
                "-boot",
                "start_sasl",
                "-mnesia",
                "dir",
                "\"" + folder.resolve("database") + "\"",
                "-s",
                "ejabberd");
        return Contender.start("ejabberd", folder, command, environment, ports);
    }

    private static PemPaths certificate(Path folder) {
        return GeneratedCertificate.ensure(folder.resolve("certs"), "bench", List.of("localhost"), Instant.now());
    }

    private static String each(String format) {
        return IntStream.range(0, Contender.COMPONENTS)
                .mapToObj(index -> format.formatted(Contender.component(index), Contender.SECRET))
                .collect(Collectors.joining());
    }
}
