package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People in real browsers meet through one node. */
class BrowserMeetingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a participant's whole life looks like in the trace, edge and core together. */
    private static final List<String> LIFE = List.of(
            "^guest login request \\d+: resolution in progress$",
            "^API call leg \\S+ in call \\S+ \\(API call \\S+\\)$",
            "^new session created for user \"guest\\d+\"$",
            "^call \\d+: allocated for guest\\d+ / \"%s\" conference participation \\(.+\\)$",
            "^call \\d+: configured - API call leg \\S+$",
            "^call \\d+: ActiveControlState change, unknown -> unknown$",
            "^call \\d+: setting up combined RTP session for DTLS \\(combined media and control\\)$",
            "^call \\d+: ActiveControlState change, unknown -> inactive$",
            "^participant \"guest\\d+\" joined space \\S+ \\(9999\\)$",
            "^participant \"guest\\d+\" \\(\\S+\\) joined conference \\S+ via WB3$",
            "^call \\d+: starting DTLS combined media negotiation \\(as initiator\\)$",
            "^user \"guest\\d+\": deactivating due to session resource teardown$",
            "^call \\d+: tearing down \\(\"guest\\d+\" conference media\\)$",
            "^call \\d+: destroying API call leg \\S+$",
            "^participant \"guest\\d+\" left space \\S+ \\(9999\\)$",
            "^removing guest account 'guest\\d+' \\(name '%s'\\) on call drop$",
            "^destroying guest account with user ID \"guest\\d+\"$");

    @TempDir
    private static Path data;

    private static NodeProcess node;
    private static Api api;
    private static String meeting;

    @BeforeAll
    static void startNode() {
        node = NodeProcess.start("meeting", "--data", data.toString(), "--http", "0");
        String origin = node.awaitReady();
        api = new Api(origin);
        meeting = origin + "/meeting/9999";
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void shouldLetThreeInChromiumAndFirefoxSeeAndHearEachOther() throws Exception {
        Browsers.CHROMIUM.require();
        Browsers.FIREFOX.require();
        try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, meeting, "Ada");
                MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, meeting, "Bob")) {
            // two Chromiums
            ada.awaitMediaOf(1);
            bob.awaitMediaOf(1);
            ada.awaitNames("Ada (you)", "Bob");
            ada.screenshot("two-chromiums-ada");
            bob.screenshot("two-chromiums-bob");

            try (MeetingPage eve = MeetingPage.join(Browsers.FIREFOX, meeting, "Eve")) {
                // a third one joins, with Firefox
                eve.awaitMediaOf(2);
                ada.awaitMediaOf(2);
                bob.awaitMediaOf(2);
                eve.awaitNames("Ada", "Bob", "Eve (you)");
                assertRoster("Ada", "Bob", "Eve");
                ada.screenshot("three-chromium");
                eve.screenshot("three-firefox");

                // one leaves
                String participantOfAda = participantOf("Ada");
                ada.press("leave");
                ada.awaitState("ended");
                ada.screenshot("left");
                bob.awaitNames("Bob (you)", "Eve");
                assertRoster("Bob", "Eve");
                bob.awaitMediaOf(1);
                eve.awaitMediaOf(1);
                assertLife(participantOfAda, "Ada");

                // another one's browser is killed: gone within seconds, without a goodbye
                bob.close();
                eve.awaitNames("Eve (you)");
                assertRoster("Eve");
                eve.press("leave");
                eve.awaitState("ended");
            }
        }
        assertRoster();
        eventually(
                PATIENCE,
                () -> api.state("/state/guests"),
                state -> state.path("total").asInt(-1) == 0);
    }

    @Test
    void shouldTellWhatIsWrongAndKeepTheName() {
        try (MeetingPage page = MeetingPage.open(Browsers.CHROMIUM, meeting.replace("9999", "4711"))) {
            // when
            page.pressJoin("Ada");

            // then
            page.await("document.querySelector('[data-testid=error]')?.dataset.code ?? ''", "unknownCall");
            assertThat(page.evaluate("document.querySelector('[data-testid=name]').value")
                            .asText())
                    .isEqualTo("Ada");
            page.screenshot("unknown-meeting");
        }
    }

    private static void assertRoster(String... names) {
        eventually(PATIENCE, BrowserMeetingIT::roster, found -> found.equals(List.of(names)));
    }

    private static List<String> roster() throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode leg : api.state("/state/call-legs").path("call-legs")) {
            names.add(leg.path("name").asText());
        }
        return names.stream().sorted().toList();
    }

    private static String participantOf(String name) throws Exception {
        for (JsonNode leg : api.state("/state/call-legs").path("call-legs")) {
            if (leg.path("name").asText().equals(name)) {
                return leg.path("id").asText();
            }
        }
        throw new AssertionError("No call leg of " + name);
    }

    private static void assertLife(String participant, String name) {
        List<String> texts = eventually(
                PATIENCE,
                () -> texts(participant),
                found -> found.stream().anyMatch(text -> text.startsWith("destroying guest account")));
        SingleNodeIT.assertInOrder(
                texts, LIFE.stream().map(pattern -> pattern.replace("%s", name)).toList());
        assertThat(texts)
                .anyMatch(
                        text -> text.matches("WebSocket : Got authenticated JWT for guest\\d+ callbridge \\S+ call \\S+"
                                + " participant " + participant + " tracing 0"));
        assertThat(texts).anyMatch(text -> text.contains("Participant " + name + " performed action of join call"));
        assertThat(texts)
                .anyMatch(text ->
                        text.contains("Participant " + name + "(" + participant + ") performed action of leave call"));
    }

    private static List<String> texts(String participant) throws Exception {
        List<String> texts = new ArrayList<>();
        api.state("/state/trace?participant=" + participant)
                .path("events")
                .forEach(event -> texts.add(event.path("text").asText()));
        return texts;
    }
}
