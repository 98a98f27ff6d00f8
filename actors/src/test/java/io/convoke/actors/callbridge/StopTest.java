package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.javadsl.AskPattern;
import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.webbridge.JoinOutcome;
import io.convoke.actors.webbridge.Webbridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node that is being stopped leaves to its guests, and takes with it. */
class StopTest {
    @TempDir
    static Path folder;

    @Test
    void shouldEndEveryCallInWordsBeforeItGoes() {
        // given
        TestNode node = new TestNode(TestDatabases.memory(), TestNode.settings(folder));
        node.space("7001", null, 5);
        node.space("7002", null, 5);
        TestNode.Client ada = node.client("Ada", "7001");
        TestNode.Client ben = node.client("Ben", "7001");
        TestNode.Client cem = node.client("Cem", "7002");

        // when
        node.close();

        // then
        for (TestNode.Client client : List.of(ada, ben, cem)) {
            assertThat(client.expect("ended")).contains("\"code\":\"serverStopping\"");
            assertThat(node.events)
                    .extracting(TraceEvent::text)
                    .anyMatch(text -> text.contains(client.joined.participant() + ") performed action of leave call"))
                    .contains("destroying guest account with user ID \"" + client.joined.user() + "\"");
        }
        assertThat(node.events)
                .filteredOn(event -> event.step().equals("conferenceDestroyed"))
                .hasSize(2);
        assertThat(node.events)
                .filteredOn(event -> event.step().equals("c2wLinkDown"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.text()).contains("is being stopped"));
    }

    @Test
    void shouldEndCallsWhoseMeetingAnotherNodeHosts() {
        // given
        var database = TestDatabases.memory();
        try (TestNode host = new TestNode(database, TestNode.settings(folder, "core1"))) {
            TestNode entry = new TestNode(database, TestNode.settings(folder, "core2"), host);
            host.space("7003", null, 5);
            TestNode.Client ada = host.client("Ada", "7003");
            TestNode.Client ben = entry.client("Ben", "7003");
            host.await(() -> assertThat(ada.expect("roster")).contains("Ben"));

            // when
            entry.close();

            // then
            assertThat(ben.expect("ended")).contains("\"code\":\"serverStopping\"");
            host.await(() -> assertThat(ada.expect("roster")).doesNotContain("Ben"));
        }
    }

    @Test
    void shouldDropTheCallsOfAWebBridgeThatStopsAtOnce() {
        // given
        CoreSettings patient = TestNode.settings(folder);
        try (TestNode node = new TestNode(TestDatabases.memory(), TestNode.withGrace(patient, Duration.ofMinutes(5)))) {
            node.space("7004", null, 5);
            TestNode.Client ada = node.client("Ada", "7004");

            // when
            AskPattern.ask(
                            node.webbridge,
                            Webbridge.Stop::new,
                            TestNode.PATIENCE,
                            node.kit.system().scheduler())
                    .toCompletableFuture()
                    .join();

            // then
            assertThat(ada.expect("ended")).contains("\"code\":\"serverStopping\"");
            node.await(() -> assertThat(node.state("call-legs")).isEmpty());
            node.awaitStep("conferenceDestroyed");
            assertThat(node.join("Ben", "7004", null)).isInstanceOfSatisfying(JoinOutcome.Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo("callbridgeUnavailable");
                assertThat(refused.detail()).contains("being stopped");
            });
        }
    }
}
