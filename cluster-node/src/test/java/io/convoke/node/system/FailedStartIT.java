package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot start says why in one line, with what to change, and ends with an exit code. */
class FailedStartIT {
    @TempDir
    private Path folder;

    @Test
    void shouldNameThePortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFails("failed-port", "cannot be opened", "--http", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void shouldNameTheKeyThatDoesNotExist() throws Exception {
        // given
        Path file = Files.writeString(folder.resolve("own.conf"), "convoke.http.prot = 1");

        // when / then
        assertFails(
                "failed-key", "own.conf, line 1: there is no setting convoke.http.prot", "--config", file.toString());
    }

    @Test
    void shouldNameTheFolderThatCannotBeWritten() {
        assertThat(run("failed-folder", "--data", "/proc/nowhere"))
                .containsExactly("convoke: The data folder /proc/nowhere cannot be written (the folder cannot be made "
                        + "there). Choose another with --data, or change its owner.");
    }

    @Test
    void shouldKeepOffADataFolderThatAnotherNodeUses() {
        try (NodeProcess first = NodeProcess.start("failed-first", "--data", data(), "--http", "0")) {
            first.awaitReady();
            assertFails("failed-second", "Another node uses the data folder", "--http", "0");
        }
    }

    private void assertFails(String name, String words, String... arguments) {
        String[] all =
                Stream.concat(Stream.of(arguments), Stream.of("--data", data())).toArray(String[]::new);
        assertThat(run(name, all))
                .singleElement()
                .asString()
                .startsWith("convoke: ")
                .contains(words);
    }

    private static List<String> run(String name, String... arguments) {
        try (NodeProcess node = NodeProcess.start(name, arguments)) {
            assertThat(node.awaitExit()).isEqualTo(1);
            return node.awaitEnd();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
