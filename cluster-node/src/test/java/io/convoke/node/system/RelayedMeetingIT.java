package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People whose browsers may reach the callbridge through the relay only meet through it: two with Chromium, one with Firefox. */
class RelayedMeetingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the pair of candidates in use has on this side, such as {@code relay udp}. */
    private static final String WAY = """
            (async () => {
              const report = await window.convoke.pc.getStats();
              const all = [...report.values()];
              const transport = all.find((each) => each.type === 'transport' && each.selectedCandidatePairId);
              const pair = transport ? report.get(transport.selectedCandidatePairId)
                : all.find((each) => each.type === 'candidate-pair' && each.selected);
              const local = report.get(pair.localCandidateId);
              return local.candidateType + ' ' + local.relayProtocol;
            })()
            """;

    @TempDir
    private static Path folder;

    private static NodeProcess node;
    private static Api api;
    private static String meeting;
    private static final List<MeetingPage> PAGES = new ArrayList<>();

    @BeforeAll
    static void start() {
        Browsers.CHROMIUM.require();
        Browsers.FIREFOX.require();
        node = NodeProcess.start(
                "relayed",
                "--config",
                Configuration.write(
                                folder,
                                "relayed",
                                "convoke.conf",
                                // The same ports on all addresses: Firefox is told that every name and address is
                                // 127.0.0.1.
                                "convoke { http.port = 0, relay { port = %d, tls-port = %d } }"
                                        .formatted(Configuration.freePort(), Configuration.freePort()))
                        .toString(),
                "--data",
                folder.resolve("data").toString());
        String origin = node.awaitReady();
        api = new Api(origin);
        meeting = origin.replace("127.0.0.1", "localhost") + "/meeting/9999";
        for (Browsers browser : List.of(Browsers.CHROMIUM, Browsers.CHROMIUM, Browsers.FIREFOX)) {
            PAGES.add(MeetingPage.open(browser, meeting));
        }
    }

    @AfterAll
    static void stop() {
        PAGES.forEach(MeetingPage::close);
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void shouldMeetThroughTheRelay(String transport) throws Exception {
        MeetingPage ada = PAGES.get(0);
        MeetingPage bob = PAGES.get(1);
        MeetingPage eve = PAGES.get(2);

        // two with Chromium
        join(ada, "Ada", transport);
        join(bob, "Bob", transport);
        ada.awaitMediaOf(1);
        bob.awaitMediaOf(1);

        // a third with Firefox
        join(eve, "Eve", transport);
        Stream.of(eve, ada, bob).forEach(page -> page.awaitMediaOf(2));
        assertThat(Stream.of(ada, bob, eve).map(page -> page.evaluate(WAY).asText()))
                .containsOnly("relay " + transport);
        assertAllocations(transport);
        ada.screenshot("relayed-" + transport + "-chromium");
        eve.screenshot("relayed-" + transport + "-firefox");

        // when
        for (MeetingPage page : PAGES) {
            page.press("leave");
            page.awaitState("ended");
        }

        // then
        eventually(PATIENCE, () -> allocations().path("total").asInt(-1), total -> total == 0);
    }

    private static void join(MeetingPage page, String name, String transport) {
        page.go(meeting + "?ice=relay-" + transport);
        page.pressJoin(name);
        page.awaitState("connected");
    }

    /** Each participant has one that carries data both ways, and none has one of another transport. */
    private static void assertAllocations(String transport) throws Exception {
        List<String> participants = eventually(PATIENCE, RelayedMeetingIT::participants, found -> found.size() == 3);
        eventually(
                PATIENCE,
                RelayedMeetingIT::allocations,
                page -> participants.stream().allMatch(participant -> carriesBothWays(page, participant)));
        allocations().path("allocations").forEach(allocation -> {
            assertThat(allocation.path("transport").asText()).isEqualTo(transport);
            assertThat(allocation.path("participant").asText()).isIn(participants);
        });
    }

    private static List<String> participants() throws Exception {
        List<String> participants = new ArrayList<>();
        api.state("/state/call-legs")
                .path("call-legs")
                .forEach(leg -> participants.add(leg.path("id").asText()));
        return participants;
    }

    private static boolean carriesBothWays(JsonNode page, String participant) {
        for (JsonNode allocation : page.path("allocations")) {
            if (allocation.path("participant").asText().equals(participant)
                    && allocation.path("bytesToPeers").asLong() > 10_000
                    && allocation.path("bytesToClient").asLong() > 10_000) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode allocations() throws Exception {
        String relay =
                api.state("/state/relays").path("relays").path(0).path("id").asText();
        return api.state("/state/relays/" + relay + "/allocations");
    }
}
