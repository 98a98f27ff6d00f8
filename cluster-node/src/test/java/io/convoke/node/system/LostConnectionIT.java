package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static io.convoke.node.system.Eventually.holdsFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network between a browser and the node goes away, WebSocket and media together, and comes back: soon enough, or too late. */
class LostConnectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Shorter than {@code reconnect-within} below. */
    private static final Duration SHORT = Duration.ofMillis(2500);

    @TempDir
    private static Path folder;

    private static NodeProcess node;
    private static String origin;
    private static Api api;

    @BeforeAll
    static void startNode() {
        // Whoever stays must not lose their media for good in the second cut, on however slow a machine.
        Path file = Configuration.write(
                folder,
                "lost-connection",
                "convoke.conf",
                "convoke { session.reconnect-within = 12s, media.consent-timeout = 60s }");
        node = NodeProcess.start(
                "lost-connection",
                "--config",
                file.toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        origin = node.awaitReady();
        api = new Api(origin);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void shouldComeBackAsTheSameParticipantOrSayThatItWasTooLong() throws Exception {
        Browsers.CHROMIUM.require();
        MediaCut.require();
        try (Wire wire = new Wire(origin);
                MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, origin + "/meeting/9999", "Ada");
                MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, wire.origin() + "/meeting/9999", "Bob")) {
            ada.awaitMediaOf(1);
            bob.awaitMediaOf(1);
            Map<String, String> before = participants();

            // when: gone for a moment
            try (MediaCut lost = MediaCut.now()) {
                wire.cut();
                bob.awaitState("reconnecting");
                holdsFor(SHORT, LostConnectionIT::participants, now -> now.equals(before));
            }
            wire.mend();

            // then
            bob.awaitState("connected");
            bob.awaitMediaOf(1);
            ada.awaitMediaOf(1);
            assertThat(participants()).isEqualTo(before);

            // when: gone for longer than the call leg waits
            try (MediaCut lost = MediaCut.now()) {
                wire.cut();
                bob.awaitState("reconnecting");
                bob.screenshot("reconnecting");
                eventually(PATIENCE, LostConnectionIT::participants, now -> !now.containsKey("Bob"));
            }
            wire.mend();

            // then
            bob.awaitState("ended");
            bob.await("document.querySelector('[data-testid=error]')?.dataset.code ?? ''", "unknownParticipant");
            assertThat(bob.evaluate("document.querySelector('main').innerText").asText())
                    .contains("You were away too long", "Rejoin");
            bob.screenshot("away-too-long");

            // when
            bob.press("rejoin");

            // then
            bob.awaitState("connected");
            bob.awaitNames("Ada", "Bob (you)");
            bob.awaitMediaOf(1);
            ada.awaitMediaOf(1);
            assertThat(participants().get("Bob")).isNotEqualTo(before.get("Bob"));
        }
    }

    /** Name to participant. */
    private static Map<String, String> participants() throws Exception {
        Map<String, String> names = new TreeMap<>();
        for (JsonNode leg : api.state("/state/call-legs").path("call-legs")) {
            names.put(leg.path("name").asText(), leg.path("id").asText());
        }
        return names;
    }
}
