package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.space.Space;
import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.media.sfu.MediaState;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of one participant, line by line. */
class OneParticipantTest {
    @TempDir
    Path folder;

    @Test
    void shouldTellTheLifeOfOneParticipantInTheKnownWordingAndOrder() {
        try (TestNode node = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            // given
            Space space = node.space("9999", null, 25);
            node.awaitStep("c2wLinkUp");
            node.joined("warm up", "9999");
            node.awaitStep("sessionCreated");
            node.events.clear();

            Space fresh = node.space("8888", null, 25);

            // when
            TestNode.Client client = node.client("Thomas", "8888");
            client.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\",\"sources\":{\"0\":\"microphone\"}}");
            assertThat(client.expect("answer")).contains("\"inReplyTo\":1").contains("answer to v=0");
            RecordingMedia.Session session = node.media.sessions.get(client.joined.participant());
            session.listener.mediaState(MediaState.CONNECTING, "");
            assertThat(client.expect("media")).contains("connecting");
            client.send("{\"type\":\"leave\"}");
            assertThat(client.expect("ended")).contains("\"code\":\"left\"");
            node.awaitStep("conferenceDestroyed");

            // then
            Ids ids = idsOf(node.events);
            List<String> lines = node.events.stream()
                    .filter(event -> !event.text().contains("warm up"))
                    .map(event -> placeholders(event.text(), ids, client.joined.callbridge()))
                    .toList();
            assertThat(lines)
                    .containsExactly(
                            "WebApp Audit : Session: X : Participant Thomas performed action of join call",
                            "guest login request N: resolution in progress",
                            "guest login request N: call ID lookup scheduled",
                            "guest login request N: resolution in progress",
                            "guest login request N: credential storage scheduled (queue length: 1)",
                            "created guest account with user ID \"U\"",
                            "guest login request N: credential storage executed",
                            "guest login request N: credential storage in progress",
                            "guest login request N: successfully stored credentials",
                            "instantiating user \"U\"",
                            "conference C: locked due to lack of lock consensus",
                            "conference C: lock state has changed to locked",
                            "API \"8888\" Space GUID: S <--> Call Correlator GUID: K <--> Internal GUID: C",
                            "conference C: lock state has changed to unlocked",
                            "API call leg P in call C (API call A)",
                            "conference C has control/media GUID: M",
                            "conference C named \"8888\"",
                            "new session created for user \"U\"",
                            "WebSocket : Got authenticated JWT for U callbridge B call A participant P tracing 0",
                            "call L: allocated for U / \"Thomas\" conference participation (Firefox)",
                            "call L: configured - API call leg P",
                            "call L: ActiveControlState change, unknown -> unknown",
                            "call L: setting up combined RTP session for DTLS (combined media and control)",
                            "call L: ActiveControlState change, unknown -> inactive",
                            "call L: ActiveControlState finality change (inactive, final=1)",
                            "participant \"U\" joined space S (8888)",
                            "participant \"U\" (P) joined conference C via WB3",
                            "call L: starting DTLS combined media negotiation (as initiator)",
                            "WebApp Audit : Session: X : Participant Thomas(P) performed action of leave call",
                            "user \"U\": deactivating due to session resource teardown",
                            "call L: tearing down (\"U\" conference media)",
                            "call L: destroying API call leg P",
                            "participant \"U\" left space S (8888)",
                            "removing guest account 'U' (name 'Thomas') on call drop",
                            "destroying guest account with user ID \"U\"",
                            "conference M destroyed");
            assertThat(ids.space()).isEqualTo(fresh.id()).isNotEqualTo(space.id());
            assertThat(ids.apiCall()).isEqualTo(client.joined.call());
            assertThat(node.events)
                    .filteredOn(event -> event.facility() == Facility.LOCAL0)
                    .extracting(TraceEvent::step)
                    .containsExactly("auditJoin", "joinedSpace", "auditLeave", "leftSpace");
        }
    }

    private static Ids idsOf(List<TraceEvent> events) {
        return events.stream()
                .filter(event -> event.step().equals("callAllocated"))
                .findFirst()
                .orElseThrow()
                .ids();
    }

    private static String placeholders(String line, Ids ids, UUID callbridge) {
        return line.replace("request " + ids.loginRequest() + ":", "request N:")
                .replace("call " + ids.callNumber() + ":", "call L:")
                .replace(String.valueOf(ids.user()), "U")
                .replace(String.valueOf(ids.participant()), "P")
                .replace(String.valueOf(ids.conference()), "C")
                .replace(String.valueOf(ids.media()), "M")
                .replace(String.valueOf(ids.correlator()), "K")
                .replace(String.valueOf(ids.space()), "S")
                .replace(String.valueOf(ids.apiCall()), "A")
                .replace(String.valueOf(ids.session()), "X")
                .replace(callbridge.toString(), "B");
    }
}
