package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.IceServer;
import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.webbridge.JoinOutcome;
import io.convoke.actors.webbridge.Webbridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayOfAMeetingTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGiveAParticipantAccessUntilTheCallIsOver() {
        // given
        try (TestNode core = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            core.awaitStep("c2wLinkUp");

            // when
            JoinOutcome.Joined joined =
                    core.joined("Ada", core.space("7777", null, 5).callId());

            // then
            assertThat(joined.iceServers())
                    .containsExactly(new IceServer(
                            List.of("turn:meet.example.org:3478"),
                            joined.participant().toString(),
                            "secret"));
            assertThat(joined.iceTransportPolicy()).isEqualTo("all");
            assertThat(core.relay.open).containsExactly(joined.participant());

            // when
            TestNode.Client ada = core.new Client(joined);
            ada.send("{\"type\":\"leave\"}");

            // then
            core.await(() -> assertThat(core.relay.open).isEmpty());
        }
    }

    @Test
    void shouldEndTheAccessOfSomebodyWhoseConnectionIsLostWithTheCall() {
        // given
        try (TestNode core = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            TestNode.Client ada = core.client("Ada", core.space("7777", null, 5).callId());
            assertThat(core.relay.open).containsExactly(ada.joined.participant());

            // when
            core.webbridge.tell(new Webbridge.ClientGone(ada.connection, "cut"));

            // then
            core.await(() -> assertThat(core.relay.open).isEmpty());
        }
    }

    @Test
    void shouldSayWhereMediaIsTakenForAsLongAsTheCallbridgeIsLinked() {
        // given
        try (TestNode core = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            core.awaitStep("c2wLinkUp");
            TestNode.Client ada = core.client("Ada", core.space("7777", null, 5).callId());
            assertThat(core.relay.peers.values()).containsExactly(List.of("127.0.0.1:50000"));

            // when
            core.c2w.cut(new C2wFailure(C2wFailure.Reason.CLOSED, "cut"));

            // then: the call may go on, over another link
            core.await(() -> assertThat(core.relay.peers).isEmpty());
            assertThat(core.relay.open).containsExactly(ada.joined.participant());
        }
    }
}
