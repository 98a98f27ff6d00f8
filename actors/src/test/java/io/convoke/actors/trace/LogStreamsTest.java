package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamsTest {
    private final ActorTestKit kit = ActorTestKit.create("logs");

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldWriteEachFacilityToItsFileAndEverythingToOne(@TempDir Path folder) throws Exception {
        // given
        LogStreams streams = LogStreams.start(kit.system(), settings(folder.resolve("logs"), 1_000_000, 3, List.of()));

        // when
        streams.offer(event(Facility.USER, 1, "user line"));
        streams.offer(event(Facility.LOCAL0, 2, "audit line"));
        streams.offer(event(Facility.LOCAL7, 3, "access line"));
        stop(streams);

        // then
        assertThat(folder.resolve("logs/audit.log"))
                .hasContent("Feb 23 09:02:21.588 local0.info core1 host:server: INFO : audit line");
        assertThat(folder.resolve("logs/access.log"))
                .hasContent("Feb 23 09:02:21.588 local7.info core1 host:server: INFO : access line");
        assertThat(Files.readAllLines(folder.resolve("logs/convoke.log")))
                .extracting(line -> line.replaceAll(".* : ", ""))
                .containsExactly("user line", "audit line", "access line");
    }

    @Test
    void shouldPutFullFilesAsideAndKeepOnlySoMany(@TempDir Path folder) throws Exception {
        // given: a line has 65 bytes, so that 4 fit into a file
        LogStreams streams = LogStreams.start(kit.system(), settings(folder, 280, 3, List.of()));

        // when
        for (int i = 10; i < 50; i++) {
            streams.offer(event(Facility.LOCAL0, i, "line " + i));
        }
        stop(streams);

        // then
        assertThat(lines(folder.resolve("audit.log"))).containsExactly("line 46", "line 47", "line 48", "line 49");
        assertThat(lines(folder.resolve("audit.log.1"))).containsExactly("line 42", "line 43", "line 44", "line 45");
        assertThat(lines(folder.resolve("audit.log.2"))).containsExactly("line 38", "line 39", "line 40", "line 41");
        assertThat(folder.resolve("audit.log.3")).doesNotExist();
    }

    @Test
    void shouldGoOnWithTheFileOfTheProcessBefore(@TempDir Path folder) throws Exception {
        // given
        LogStreams first = LogStreams.start(kit.system(), settings(folder, 280, 3, List.of()));
        first.offer(event(Facility.LOCAL0, 1, "before"));
        stop(first);

        // when
        LogStreams second = LogStreams.start(kit.system(), settings(folder, 280, 3, List.of()));
        second.offer(event(Facility.LOCAL0, 1, "after"));
        stop(second);

        // then
        assertThat(lines(folder.resolve("audit.log"))).containsExactly("before", "after");
        assertThat(folder.resolve("audit.log.1")).doesNotExist();
    }

    @Test
    void shouldSendEachLineToASyslogServer() throws Exception {
        // given
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            LogStreams streams = LogStreams.start(
                    kit.system(),
                    settings(null, 1, 1, List.of(new LogSettings.SyslogServer("127.0.0.1", server.getLocalPort()))));

            // when
            streams.offer(event(Facility.USER, 1, "created guest account with user ID \"guest1\""));
            streams.offer(event(Facility.LOCAL0, 2, "audit"));
            streams.offer(event(Facility.LOCAL7, 3, "access"));

            // then
            assertThat(List.of(receive(server), receive(server), receive(server)))
                    .containsExactly(
                            "<14>Feb 23 09:02:21.588 core1 host:server: INFO :"
                                    + " created guest account with user ID \"guest1\"",
                            "<134>Feb 23 09:02:21.588 core1 host:server: INFO : audit",
                            "<190>Feb 23 09:02:21.588 core1 host:server: INFO : access");
            stop(streams);
        }
    }

    @Test
    void shouldNotDelayFilesForAServerThatCannotBeFound(@TempDir Path folder) throws Exception {
        // given
        LogStreams streams = LogStreams.start(
                kit.system(),
                settings(folder, 1_000_000, 3, List.of(new LogSettings.SyslogServer("[no address", 514))));

        // when
        for (int i = 0; i < 50; i++) {
            streams.offer(event(Facility.LOCAL0, i, "line " + i));
        }
        streams.stop();

        // then: the file gets there although the server never will
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(lines(folder.resolve("audit.log"))).hasSize(50);
            return null;
        });
    }

    @Test
    void shouldLoseLinesRatherThanBlockWhenAFolderCannotBeWritten(@TempDir Path folder) throws Exception {
        // given
        Path file = Files.writeString(folder.resolve("logs"), "not a folder");
        LogStreams streams = LogStreams.start(kit.system(), settings(file, 280, 3, List.of()));

        // when
        for (int i = 0; i < 1000; i++) {
            streams.offer(event(Facility.LOCAL0, i, "line " + i));
        }

        // then: two files, 20 lines wait for each, and as many may be on their way
        assertThat(streams.dropped()).isGreaterThan(1000);
    }

    private static LogSettings settings(
            Path folder, long maxBytes, int maxFiles, List<LogSettings.SyslogServer> servers) {
        return new LogSettings(folder, maxBytes, maxFiles, servers, ZoneOffset.UTC, folder == null ? 10 : 100);
    }

    private static String receive(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[3000], 3000);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static List<String> lines(Path file) {
        try {
            List<String> texts = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                texts.add(line.replaceAll(".* : ", ""));
            }
            return texts;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void stop(LogStreams streams) throws Exception {
        streams.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static TraceEvent event(Facility facility, long sequence, String text) {
        return new TraceEvent(
                Instant.parse("2026-02-23T09:02:21.588Z"),
                sequence,
                "core1",
                Origin.CORE,
                facility,
                Severity.INFO,
                "host:server",
                "step",
                text,
                Ids.none());
    }
}
