package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.storage.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cores show of an edge, and what they do not believe it. */
class EdgeStateTest {
    private static final UUID RELAY = new UUID(7, 7);
    private static final C2wMessage.EdgeState STATE =
            new C2wMessage.EdgeState("relays", RELAY.toString(), "{\"state\":\"listening\"}");

    @TempDir
    Path folder;

    @Test
    void shouldShowAnEdgesRelayOnceHoweverManyCoresAreLinkedToIt() {
        // given
        DatabaseSettings database = TestDatabases.memory();
        try (TestNode first = new TestNode(database, TestNode.settings(folder, "core1"));
                TestNode second = new TestNode(database, TestNode.settings(folder, "core2"), first)) {
            for (TestNode core : List.of(first, second)) {
                core.awaitStep("c2wLinkUp");

                // when
                core.c2w.edgeSays(STATE);
            }

            // then
            for (TestNode core : List.of(first, second)) {
                core.await(() -> assertThat(core.state("relays"))
                        .singleElement()
                        .extracting(StateSnapshot::id, StateSnapshot::node)
                        .containsExactly(RELAY + "@edge:6000", "edge:6000"));
            }
        }
    }

    @Test
    void shouldForgetTheRelayWithTheLink() {
        // given
        try (TestNode core = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            core.awaitStep("c2wLinkUp");
            core.c2w.edgeSays(STATE);
            core.await(() -> assertThat(core.state("relays")).hasSize(1));

            // when
            core.c2w.cut(new C2wFailure(C2wFailure.Reason.CLOSED, "The edge is gone"));

            // then
            core.await(() -> assertThat(core.state("relays")).isEmpty());
        }
    }

    @Test
    void shouldShowNothingButRelaysAndSayOnceThatAnEdgeTries() {
        // given
        try (TestNode core = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            core.awaitStep("c2wLinkUp");
            TestNode.Client ada = core.client("Ada", core.space("7777", null, 5).callId());
            core.await(() -> assertThat(core.state("conferences")).hasSize(1));
            String conference = core.state("conferences").get(0).id();

            // when
            core.c2w.edgeSays(new C2wMessage.EdgeState("conferences", conference, "{\"state\":\"forged\"}"));
            core.c2w.edgeSays(new C2wMessage.EdgeState("conferences", conference, null));
            core.c2w.edgeSays(new C2wMessage.EdgeState("relays", RELAY.toString(), "no JSON"));
            core.c2w.edgeSays(STATE);

            // then
            core.await(() -> assertThat(core.state("relays"))
                    .extracting(StateSnapshot::json)
                    .allSatisfy(json -> assertThat(json).contains("listening"))
                    .hasSize(1));
            assertThat(core.state("conferences"))
                    .singleElement()
                    .satisfies(state -> assertThat(state.json())
                            .contains(ada.joined.participant().toString())
                            .doesNotContain("forged"));
            assertThat(core.state("c2w-links"))
                    .extracting(StateSnapshot::json)
                    .anyMatch(json -> json.contains("\"edgeStatesRefused\":3"));
            assertThat(core.events)
                    .filteredOn(event -> event.step().equals("edgeStateRefused"))
                    .hasSize(1);
        }
    }
}
