package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.trace.TraceEvent;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of one cluster, each with a web bridge of its own, over one database. */
class TwoNodesTest {
    @TempDir
    Path folder;

    @Test
    void shouldMeetAcrossNodesAndGoOnWhenTheHostIsGone() {
        // given
        DatabaseSettings database = TestDatabases.memory();
        try (TestNode first = new TestNode(database, TestNode.settings(folder, "core1"));
                TestNode second = new TestNode(database, TestNode.settings(folder, "core2"), first)) {
            second.await(() -> assertThat(up(second)).isEqualTo(2));
            first.space("5555", null, 10);
            first.awaitStep("c2wLinkUp");
            second.awaitStep("c2wLinkUp");

            // when
            TestNode.Client ada = first.client("Ada", "5555");
            TestNode.Client ben = second.client("Ben", "5555");
            ben.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");

            // then
            assertThat(ben.expect("answer")).contains("answer to v=0");
            assertThat(ben.joined.call()).isEqualTo(ada.joined.call());
            assertThat(first.media.sessions).containsKey(ben.joined.participant());
            assertThat(second.media.sessions).isEmpty();
            first.await(() -> assertThat(ada.expect("roster")).contains("Ben"));
            // A leg's entity may just be moving to the node that came later; then its anchor's next word brings it
            // back.
            second.await(() -> assertThat(second.state("call-legs")).hasSize(2));

            // when
            Address gone = Cluster.get(first.kit.system()).selfMember().address();
            first.crash();
            Cluster.get(second.kit.system()).manager().tell(new Down(gone));

            // then
            assertThat(ben.expect("ended")).contains("callbridgeLost");
            TestNode.Client again = second.client("Ben", "5555");
            again.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
            assertThat(again.expect("answer")).contains("answer to v=0");
            assertThat(second.media.sessions).containsOnlyKeys(again.joined.participant());
            assertThat(second.events)
                    .extracting(TraceEvent::text)
                    .contains("destroying guest account with user ID \"" + ben.joined.user() + "\"");
        }
    }

    private static long up(TestNode node) {
        return StreamSupport.stream(
                        Cluster.get(node.kit.system()).state().getMembers().spliterator(), false)
                .filter(member -> member.status() == MemberStatus.up())
                .count();
    }
}
