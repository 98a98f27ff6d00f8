package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.trace.TraceEvent;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @TempDir
    static Path folder;

    @Test
    void shouldBeWarmWithoutAConferenceOrLegStayingBehind() throws Exception {
        // given
        try (TestNode node = new TestNode(TestDatabases.memory(), TestNode.settings(folder))) {
            // when
            node.core.warm().toCompletableFuture().get(TestNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);

            // then
            node.await(() -> {
                assertThat(node.state("conferences")).isEmpty();
                assertThat(node.state("call-legs")).isEmpty();
            });
            assertThat(node.events).extracting(TraceEvent::step).doesNotContain("conferenceNamed", "legCreated");
        }
    }
}
