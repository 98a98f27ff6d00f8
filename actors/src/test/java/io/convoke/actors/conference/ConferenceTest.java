package io.convoke.actors.conference;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConferenceTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create("conference", PersistenceTestKitPlugin.config().withFallback(ConfigFactory.load()));
    private static final Duration LEASE = Duration.ofMillis(400);

    private final Space space = new Space(UUID.randomUUID(), "9999", "9999", "9999", null, false, 2, false, true, 100);
    private final List<ConferenceLeg> lost = new CopyOnWriteArrayList<>();
    private final List<UUID> unknown = new CopyOnWriteArrayList<>();
    private final List<List<ConferenceLeg>> rosters = new CopyOnWriteArrayList<>();
    private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** A callbridge as a conference sees it. */
    private final class Bridge {
        final UUID callbridge;
        final UUID incarnation = UUID.randomUUID();
        final TestProbe<HostCommand> host = KIT.createTestProbe();
        final TestProbe<ToInstance> instance = KIT.createTestProbe();
        final UUID conference = UUID.randomUUID();

        Bridge(UUID callbridge) {
            this.callbridge = callbridge;
            KIT.system().receptionist().tell(Receptionist.register(HostCommand.KEY, host.getRef()));
        }

        Bridge() {
            this(UUID.randomUUID());
        }

        ConferenceCommand.Host hosts(UUID correlator) {
            return new ConferenceCommand.Host(
                    new HostedInstance(
                            conference,
                            UUID.randomUUID(),
                            UUID.randomUUID(),
                            callbridge,
                            incarnation,
                            host.getRef(),
                            instance.getRef()),
                    correlator,
                    1);
        }

        ConferenceCommand.LocateAnswer locates(ActorRef<ConferenceCommand> conference) {
            TestProbe<ConferenceCommand.LocateAnswer> probe = KIT.createTestProbe();
            conference.tell(
                    new ConferenceCommand.Locate(space, callbridge, incarnation, host.getRef(), probe.getRef()));
            return probe.receiveMessage();
        }

        UUID adds(ActorRef<ConferenceCommand> conference) {
            UUID participant = UUID.randomUUID();
            conference.tell(new ConferenceCommand.AddLeg(
                    new ConferenceLeg(
                            participant, "guest1", "Ada", UUID.randomUUID(), 1, this.conference, Instant.EPOCH),
                    space));
            return participant;
        }
    }

    private ActorRef<ConferenceCommand> conference() {
        Board board = new Board() {
            @Override
            public void register(String kind, String id, ActorRef<GetState> actor) {}

            @Override
            public void changed(String kind, String id) {}
        };
        NodeContext node = NodeContext.of(
                "n",
                NodeJournal.of(
                        "n", Origin.CORE, "host:server", InstantSource.system(), new TraceStore(10), event -> {}),
                board);
        ConferencePort port = new ConferencePort() {
            @Override
            public void lost(UUID space, ConferenceLeg leg, String detail) {
                lost.add(leg);
            }

            @Override
            public void roster(UUID space, List<ConferenceLeg> legs, boolean locked) {
                rosters.add(legs);
            }

            @Override
            public void noSuchLeg(UUID participant) {
                unknown.add(participant);
            }
        };
        return KIT.spawn(Conference.create(
                space.id(),
                shard.getRef(),
                new ConferenceSettings(LEASE, 10, Duration.ofSeconds(2), Duration.ofSeconds(5)),
                node,
                port));
    }

    private static void await(Runnable assertion) {
        KIT.createTestProbe().awaitAssert(Duration.ofSeconds(10), Duration.ofMillis(20), () -> {
            assertion.run();
            return null;
        });
    }

    @Test
    void shouldHaveTheCallbridgeHostThatAsksFirst() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge first = new Bridge();
        Bridge second = new Bridge();

        // when
        ConferenceCommand.Located answer = (ConferenceCommand.Located) first.locates(conference);
        ConferenceCommand.Located other = (ConferenceCommand.Located) second.locates(conference);

        // then
        assertThat(answer.host()).isEqualTo(first.host.getRef());
        assertThat(other).isEqualTo(answer);
    }

    @Test
    void shouldGrantTheFirstInstanceAndSendTheSecondAway() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge first = new Bridge();
        Bridge second = new Bridge();
        UUID correlator = UUID.randomUUID();

        // when
        conference.tell(first.hosts(correlator));
        conference.tell(second.hosts(UUID.randomUUID()));

        // then
        assertThat(first.instance.receiveMessage())
                .isEqualTo(new ToInstance.Granted(1, 1, true, LEASE.toNanos(), correlator));
        assertThat(second.instance.receiveMessage()).isEqualTo(new ToInstance.HostedElsewhere(first.callbridge));
    }

    @Test
    void shouldAdmitUpToTheLimit() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge bridge = new Bridge();
        conference.tell(bridge.hosts(UUID.randomUUID()));
        bridge.instance.expectMessageClass(ToInstance.Granted.class);

        // when
        bridge.adds(conference);
        bridge.adds(conference);
        UUID third = bridge.adds(conference);

        // then
        bridge.instance.expectMessageClass(ToInstance.Legs.class);
        bridge.instance.expectMessageClass(ToInstance.LegAdded.class);
        bridge.instance.expectMessageClass(ToInstance.Legs.class);
        bridge.instance.expectMessageClass(ToInstance.LegAdded.class);
        ToInstance.LegRefused refused = bridge.instance.expectMessageClass(ToInstance.LegRefused.class);
        assertThat(refused.participant()).isEqualTo(third);
        assertThat(refused.code()).isEqualTo("full");
    }

    @Test
    void shouldAcknowledgeALockWhenTheInstanceHasConfirmedIt() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge bridge = new Bridge();
        conference.tell(bridge.hosts(UUID.randomUUID()));
        bridge.instance.expectMessageClass(ToInstance.Granted.class);
        TestProbe<ConferenceCommand.LockAnswer> answer = KIT.createTestProbe();

        // when
        conference.tell(new ConferenceCommand.SetLock(true, answer.getRef()));
        ToInstance.LockNow order = bridge.instance.expectMessageClass(ToInstance.LockNow.class);
        conference.tell(new ConferenceCommand.LockConfirmed(bridge.conference, order.epoch()));

        // then
        assertThat(order.epoch()).isEqualTo(2);
        assertThat(answer.receiveMessage()).isEqualTo(new ConferenceCommand.LockAnswer(true, 2, true));
    }

    @Test
    void shouldAcknowledgeALockThatNobodyConfirmsOnlyWhenTheLeaseIsOver() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge bridge = new Bridge();
        conference.tell(bridge.hosts(UUID.randomUUID()));
        bridge.instance.expectMessageClass(ToInstance.Granted.class);
        TestProbe<ConferenceCommand.LockAnswer> answer = KIT.createTestProbe();
        conference.tell(new ConferenceCommand.RenewGrant(bridge.conference, 2, false, bridge.instance.getRef()));
        long beforeNanos = System.nanoTime();
        bridge.instance.expectMessageClass(ToInstance.Granted.class);

        // when
        conference.tell(new ConferenceCommand.SetLock(true, answer.getRef()));
        ConferenceCommand.LockAnswer locked = answer.receiveMessage(Duration.ofSeconds(10));

        // then: the renewal was handled at most a little before its answer was read
        assertThat(locked.acknowledged()).isTrue();
        assertThat(System.nanoTime() - beforeNanos).isGreaterThan(LEASE.toNanos() / 2);
    }

    @Test
    void shouldRaiseTheEpochForALeaseThatLapsed() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge bridge = new Bridge();
        conference.tell(bridge.hosts(UUID.randomUUID()));
        bridge.instance.expectMessageClass(ToInstance.Granted.class);

        // when
        conference.tell(new ConferenceCommand.RenewGrant(bridge.conference, 2, true, bridge.instance.getRef()));

        // then
        assertThat(bridge.instance.expectMessageClass(ToInstance.Granted.class).epoch())
                .isEqualTo(2);
    }

    @Test
    void shouldDropTheInstanceAndLegsOfACallbridgeThatDied() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge dying = new Bridge();
        Bridge living = new Bridge();
        conference.tell(dying.hosts(UUID.randomUUID()));
        dying.instance.expectMessageClass(ToInstance.Granted.class);
        UUID participant = dying.adds(conference);
        dying.instance.expectMessageClass(ToInstance.Legs.class);

        // when
        dying.host.stop();

        // then
        await(() -> assertThat(lost).extracting(ConferenceLeg::participant).containsExactly(participant));
        ConferenceCommand.Located located = (ConferenceCommand.Located) living.locates(conference);
        assertThat(located.host()).isEqualTo(living.host.getRef());
    }

    @Test
    void shouldRememberAfterARecoveryAndDropWhatARestartedCallbridgeLeftBehind() {
        // given
        ActorRef<ConferenceCommand> before = conference();
        Bridge bridge = new Bridge();
        before.tell(bridge.hosts(UUID.randomUUID()));
        bridge.instance.expectMessageClass(ToInstance.Granted.class);
        UUID participant = bridge.adds(before);
        bridge.instance.expectMessageClass(ToInstance.Legs.class);
        bridge.instance.expectMessageClass(ToInstance.LegAdded.class);
        KIT.stop(before);

        // when
        ActorRef<ConferenceCommand> after = conference();
        ConferenceCommand.Located known = (ConferenceCommand.Located) bridge.locates(after);
        Bridge restarted = new Bridge(bridge.callbridge);
        ConferenceCommand.Located anew = (ConferenceCommand.Located) restarted.locates(after);
        after.tell(restarted.hosts(anew.correlator()));

        // then
        assertThat(known.host()).isEqualTo(bridge.host.getRef());
        assertThat(anew.host()).isEqualTo(restarted.host.getRef());
        assertThat(anew.correlator()).isNotEqualTo(known.correlator());
        assertThat(lost).extracting(ConferenceLeg::participant).containsExactly(participant);
        assertThat(restarted
                        .instance
                        .expectMessageClass(ToInstance.Granted.class)
                        .epoch())
                .isEqualTo(2);
    }

    @Test
    void shouldRestWhenNobodyIsIn() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        Bridge bridge = new Bridge();
        conference.tell(bridge.hosts(UUID.randomUUID()));
        bridge.instance.expectMessageClass(ToInstance.Granted.class);

        // when
        conference.tell(new ConferenceCommand.DropInstance(bridge.conference, bridge.instance.getRef()));

        // then
        bridge.instance.expectMessageClass(ToInstance.Dropped.class);
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void shouldSayThatThereIsNoSuchLeg() {
        // given
        ActorRef<ConferenceCommand> conference = conference();
        UUID participant = UUID.randomUUID();

        // when
        conference.tell(new ConferenceCommand.RemindLeg(participant));

        // then
        await(() -> assertThat(unknown).containsExactly(participant));
    }
}
