package io.convoke.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.SettingsFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./convoke xmpp check} says, and that it leaves nothing behind. */
class XmppCheckTest {
    private static final String SECRET = "s3cret-of-tests";

    @TempDir
    private Path folder;

    @Test
    void shouldStopAtStepTwoWithoutAConfigurationAndLeaveTheFolderAsItIs() throws Exception {
        // when
        CheckOutcome report = check("", new XmppCheck.Wanted(null, null, "", null, false));

        // then
        assertThat(report.isGood()).isFalse();
        assertThat(report.lines()).hasSize(3);
        assertThat(report.lines().get(0)).startsWith(" 1 precondition       ok");
        assertThat(report.lines().get(1))
                .startsWith(" 2 configuration      FAILED")
                .contains("are empty");
        assertThat(report.lines().get(2)).contains("What to do:", "Configuration > General");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldStopAtTheStepThatFailsWithAdvice() throws Exception {
        // when
        CheckOutcome report = check("", wanted("127.0.0.1:" + closedPort(), false));

        // then
        assertThat(report.isGood()).isFalse();
        assertThat(report.lines()).hasSize(7).noneMatch(line -> line.contains(SECRET));
        assertThat(report.lines().get(3)).contains("skipped", "a server address is set");
        assertThat(report.lines().get(5))
                .startsWith(" 6 TCP connection     FAILED")
                .contains("refused");
        assertThat(report.toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldStopAtStepOneWhereAFileIsNoCertificate() throws Exception {
        // given
        Path trust = Files.writeString(folder.resolve("trust.pem"), "nothing");

        // when
        CheckOutcome report = check("convoke.xmpp.callbridge.trust = \"" + trust + "\"", wanted("127.0.0.1:1", false));

        // then
        assertThat(report.lines()).hasSize(2);
        assertThat(report.lines().get(0))
                .startsWith(" 1 precondition       FAILED")
                .contains("trust.pem");
    }

    @Test
    void shouldStopAtStepOneWhereTheKeyIsAnothers() throws Exception {
        // given
        var one = GeneratedCertificate.ensure(folder, "one", List.of("localhost"), Instant.now());
        var two = GeneratedCertificate.ensure(folder, "two", List.of("localhost"), Instant.now());

        // when
        CheckOutcome report = check(
                "convoke.xmpp.callbridge { certificate = \"%s\", key = \"%s\" }"
                        .formatted(one.certificate(), two.key()),
                wanted("127.0.0.1:1", false));

        // then
        assertThat(report.lines()).hasSize(2);
        assertThat(report.lines().get(0)).contains("FAILED", "two.key");
    }

    @Test
    void shouldRegisterAndTakeItDownAgain() throws Exception {
        // given
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server));
            serving.setDaemon(true);
            serving.start();

            // when
            CheckOutcome report = check("", wanted("127.0.0.1:" + server.getLocalPort(), true));

            // then
            assertThat(report.isGood()).as(report.lines().toString()).isTrue();
            assertThat(report.lines()).anyMatch(line -> line.startsWith(" 7 TLS handshake      skipped"));
            assertThat(report.lines()).anyMatch(line -> line.startsWith("11 active             ok"));
            assertThat(report.lines()).anyMatch(line -> line.startsWith("12 in use             skipped"));
            serving.join(5_000);
            assertThat(serving.isAlive()).isFalse();
        }
    }

    /** A server for one component, until that says goodbye. */
    private static void serve(ServerSocket server) {
        try (Socket component = server.accept()) {
            until(component, "accept'");
            component
                    .getOutputStream()
                    .write(("<stream:stream xmlns='jabber:component:accept'"
                                    + " xmlns:stream='http://etherx.jabber.org/streams' id='1'>")
                            .getBytes(StandardCharsets.UTF_8));
            until(component, "</handshake>");
            component.getOutputStream().write("<handshake/>".getBytes(StandardCharsets.UTF_8));
            until(component, "</stream:stream>");
        } catch (IOException gone) {
            // The check went without a word: the test finds that the server waits no more, and nothing else.
        }
    }

    private static void until(Socket socket, String text) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("Expected " + text + ", but found the end");
            }
            all.append((char) next);
        }
    }

    private static XmppCheck.Wanted wanted(String server, boolean plainTcp) {
        return new XmppCheck.Wanted("cb.example.test", "example.test", SECRET, server, plainTcp);
    }

    private CheckOutcome check(String configuration, XmppCheck.Wanted wanted) throws Exception {
        Path file = Files.writeString(Files.createTempFile("check", ".conf"), configuration);
        try {
            NodeSettings settings = SettingsFile.read(
                    file, Map.of("convoke.node.data", folder.toString(), "convoke.http.port", 0), folder);
            return new XmppCheck(settings, wanted).run();
        } finally {
            Files.delete(file);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }
}
