package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.browser.Browser;
import io.convoke.node.browser.Browsers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room of 25, the demo meeting's limit: who comes last sees and hears all the others, and one more is told that it is full. */
class FullRoomIT {
    private static final int PLACES = 25;

    @TempDir
    private static Path data;

    private static NodeProcess node;
    private static String origin;
    private static Api api;

    @BeforeAll
    static void startNode() {
        node = NodeProcess.start("full-room", "--data", data.toString(), "--http", "0");
        origin = node.awaitReady();
        api = new Api(origin);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void shouldShowAllTheOthersToTheLastAndRefuseOneMore() throws Exception {
        Browsers.CHROMIUM.require();
        try (Browser crowd = Browsers.CHROMIUM.start()) {
            // given
            crowd.open(origin + "/");
            crowd.evaluate("(() => {" + script() + "})()");
            for (int person = 1; person < PLACES; person++) {
                assertThat(crowd.evaluate("enter(" + person + ")").asText()).isEqualTo("connected");
            }

            // when
            try (MeetingPage last = MeetingPage.join(Browsers.CHROMIUM, origin + "/meeting/9999", "Ada")) {
                // then
                last.awaitMediaOf(PLACES - 1);
                assertThat(last.names()).hasSize(PLACES).contains("Ada (you)", "Person 1", "Person 24");
                last.screenshot("room-of-25");
                Api.Answer refused = api.join("One more", "9999");
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.body().path("code").asText()).isEqualTo("full");
            }
        }
        // both browsers were killed
        eventually(
                MeetingPage.PATIENCE,
                () -> api.state("/state/guests"),
                state -> state.path("total").asInt(-1) == 0);
    }

    private static String script() throws IOException {
        try (InputStream file = FullRoomIT.class.getResourceAsStream("crowd.js")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
