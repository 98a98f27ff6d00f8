package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.trace.TraceEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that went away with people in a meeting, and came back with the same database. */
class RestartTest {
    @TempDir
    Path folder;

    @Test
    void shouldLeaveNobodyBehindAfterARestart() {
        // given
        DatabaseSettings database = TestDatabases.file(folder);
        CoreSettings settings = TestNode.settings(folder);
        String former;
        TestNode crashing = new TestNode(database, settings);
        crashing.awaitStep("c2wLinkUp");
        crashing.space("7777", null, 1);
        TestNode.Client ada = crashing.client("Ada", "7777");
        former = ada.joined.user();
        assertThat(crashing.credentials.count().toCompletableFuture().join()).isEqualTo(1);
        crashing.crash();

        // when
        try (TestNode node = new TestNode(database, settings)) {
            node.awaitStep("guestAccountsPurged");

            // then
            assertThat(node.credentials.count().toCompletableFuture().join()).isZero();
            TestNode.Client ben = node.client("Ben", "7777");
            assertThat(ben.joined.user()).isNotEqualTo(former);
            assertThat(node.events)
                    .extracting(TraceEvent::text)
                    .anyMatch(text -> text.contains("lock state has changed to unlocked"));
        }
    }
}
