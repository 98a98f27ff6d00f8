package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a join and a leave write: to a syslog server that listens, and into files that rotate. */
class LogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int ROTATE_AT = 4096;

    @TempDir
    private Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void shouldSendEachFacilityToSyslogAndRotateTheFiles() throws Exception {
        // given
        Path data = folder.resolve("data");
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setReceiveBufferSize(1 << 20);
            listen(server);
            Path file = Configuration.write(
                    folder, "logs", "convoke.conf", """
                    convoke.logs { syslog = ["127.0.0.1:%d"], rotate-at = %d, keep = 2 }
                    """.formatted(server.getLocalPort(), ROTATE_AT));
            try (NodeProcess node =
                    NodeProcess.start("logs", "--config", file.toString(), "--http", "0", "--data", data.toString())) {
                String origin = node.awaitReady();

                // when
                joinAndLeave(origin, "Thomas");

                // then: user, local0 and local7, each at its level
                awaitSyslog("<14>", "guest login request \\d+: successfully stored credentials");
                awaitSyslog("<14>", "removing guest account 'guest\\d+' \\(name 'Thomas'\\) on call drop");
                awaitSyslog("<134>", "Participant Thomas performed action of join call");
                awaitSyslog("<134>", "Participant Thomas\\(\\S+\\) performed action of leave call");
                awaitSyslog("<190>", "POST /api/join");

                // when: enough for the oldest file to go
                for (int i = 0; i < 8; i++) {
                    joinAndLeave(origin, "Guest " + i);
                }

                // then
                Path logs = data.resolve("logs");
                awaitInFiles(logs, "audit.log", "Participant Guest 7");
                awaitInFiles(logs, "convoke.log", "(name 'Guest 7') on call drop");
                List<String> kept = List.of("access.log", "audit.log", "convoke.log.1", "convoke.log.2");
                eventually(PATIENCE, () -> names(logs), names -> names.containsAll(kept));
                assertThat(names(logs)).doesNotContain("convoke.log.3");
                eventually(PATIENCE, () -> largest(logs), bytes -> bytes > ROTATE_AT / 2 && bytes <= ROTATE_AT);
            }
        }
    }

    private void awaitSyslog(String priority, String regex) {
        String pattern = priority + ".*" + regex + ".*\\s*";
        eventually(
                PATIENCE, () -> List.copyOf(received), lines -> lines.stream().anyMatch(line -> line.matches(pattern)));
    }

    private static void joinAndLeave(String origin, String name) throws Exception {
        try (ClientSession session = ClientSession.join(origin, name, "9999")) {
            session.send("{\"type\":\"leave\"}");
            session.await("ended");
        }
    }

    /** In the file that is written to, or in the one before. */
    private static void awaitInFiles(Path logs, String name, String words) {
        eventually(
                PATIENCE,
                () -> text(logs.resolve(name)) + text(logs.resolve(name + ".1")),
                text -> text.contains(words));
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The size of the largest file; fails when one goes away meanwhile. */
    private static long largest(Path logs) throws IOException {
        long largest = 0;
        for (String name : names(logs)) {
            largest = Math.max(largest, Files.size(logs.resolve(name)));
        }
        return largest;
    }

    private static List<String> names(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void listen(DatagramSocket server) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[65_536];
                    while (!server.isClosed()) {
                        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                        try {
                            server.receive(packet);
                            received.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
                        } catch (IOException closed) {
                            return;
                        }
                    }
                },
                "syslog-server");
        thread.setDaemon(true);
        thread.start();
    }
}
