package io.convoke.bench.turn;

import io.convoke.bench.turn.TurnContender.Ports;
import io.convoke.http.tls.PemPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** How each server is started: on loopback, one user, loopback peers allowed, the same ports for relaying. */
final class TurnContenders {
    static final String OURS = "Convoke";
    static final String COTURN = "coturn";

    /** The floors, by the mode of {@code floor.c}. */
    static final List<String> LOOPS = List.of("plain", "mmsg", "gso");

    private static final Path TURNSERVER = Path.of("/usr/bin/turnserver");
    private static final String LOWEST_PORT = "30000";
    private static final String HIGHEST_PORT = "65535";
    private static final AtomicInteger STARTED = new AtomicInteger();

    private TurnContenders() {}

    /** Ours, and coturn where Debian's package is installed. */
    static List<String> servers() {
        return Files.isExecutable(TURNSERVER) ? List.of(OURS, COTURN) : List.of(OURS);
    }

    static TurnContender start(String name, Path work, PemPaths certificate) throws IOException {
        Path folder = Files.createDirectories(work.resolve("turn-" + STARTED.incrementAndGet()));
        Ports ports = Ports.free();
        List<String> command = switch (name) {
            case OURS -> ours(ports, certificate);
            case COTURN -> coturn(ports, certificate);
            default -> List.of(LoadProgram.program("floor").toString(), name, Integer.toString(ports.udp()));
        };
        return TurnContender.start(name, folder, command, ports);
    }

    private static List<String> ours(Ports ports, PemPaths certificate) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // As ./convoke starts a node.
        command.addAll(List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:+UseStringDeduplication", "-Xss512k"));
        command.add("-Dio.netty.leakDetection.level=disabled");
        command.addAll(List.of("--add-opens", "java.base/java.nio=ALL-UNNAMED"));
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.add("-Dio.netty.tryReflectionSetAccessible=true");
        String more = System.getProperty("convoke.bench.turn.options", "");
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split(" ", -1)));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TurnRelayMain.class.getName()));
        command.addAll(List.of(Integer.toString(ports.udp()), Integer.toString(ports.tls())));
        command.addAll(List.of(LOWEST_PORT, HIGHEST_PORT));
        command.addAll(
                List.of(certificate.certificate().toString(), certificate.key().toString()));
        return command;
    }

    private static List<String> coturn(Ports ports, PemPaths certificate) {
        return List.of(
                TURNSERVER.toString(),
                "-n",
                "--listening-ip=127.0.0.1",
                "--listening-port=" + ports.udp(),
                "--tls-listening-port=" + ports.tls(),
                "--cert=" + certificate.certificate(),
                "--pkey=" + certificate.key(),
                "--no-dtls",
                "--lt-cred-mech",
                "--user=" + TurnContender.USER + ":" + TurnContender.PASSWORD,
                "--realm=" + TurnContender.REALM,
                "--allow-loopback-peers",
                "--no-cli",
                "--no-software-attribute",
                "--log-file=/dev/null",
                "--simple-log",
                "--min-port=" + LOWEST_PORT,
                "--max-port=" + HIGHEST_PORT);
    }
}
