package io.convoke.node.system;

import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media overtakes the answer that announces it: the answer goes through two processes, the packets do not. */
class LateAnswerIT {
    /** Every answer but the first, which has to be there before anything else works, is taken in two seconds late. */
    private static final String SLOW_ANSWERS = """
            (() => {
              const take = RTCPeerConnection.prototype.setRemoteDescription;
              let answers = 0;
              RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
                if (answers++ > 0) await new Promise((taken) => setTimeout(taken, 2000));
                return take.call(this, description);
              };
            })()
            """;

    @TempDir
    private static Path data;

    private static NodeProcess node;
    private static String meeting;

    @BeforeAll
    static void startNode() {
        node = NodeProcess.start("late-answer", "--data", data.toString(), "--http", "0");
        meeting = node.awaitReady() + "/meeting/9999";
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    /** Firefox hands a packet whose SSRC it does not know to the only section that uses its payload type, and keeps it there. */
    @Test
    void shouldSeeEveryoneInFirefoxWhenPicturesOvertakeTheAnswer() {
        Browsers.CHROMIUM.require();
        Browsers.FIREFOX.require();
        try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, meeting, "Ada");
                MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, meeting, "Bob");
                MeetingPage cem = MeetingPage.join(Browsers.CHROMIUM, meeting, "Cem")) {
            // given the first slot silent, as Ada's camera is off, and so many people that the first offer has too few
            // sections
            cem.awaitMediaOf(2);
            ada.press("camera");
            ada.await("document.querySelector('[data-testid=camera]').hasAttribute('data-off')", "true");
            try (MeetingPage eve = MeetingPage.open(Browsers.FIREFOX, meeting)) {
                eve.evaluate(SLOW_ANSWERS);
                eve.pressJoin("Eve");
                eve.awaitState("connected");
                eve.awaitMedia(2, 3);

                // when
                ada.press("camera");

                // then
                eve.awaitMediaOf(3);
            }
        }
    }
}
