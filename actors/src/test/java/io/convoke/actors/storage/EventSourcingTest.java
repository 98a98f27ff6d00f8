package io.convoke.actors.storage;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.state.ClusterMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventSourcingTest {
    record Add(@Nullable String name, ActorRef<State> replyTo) {}

    record Added(String name, Instant at) implements ClusterMessage {}

    record State(List<Added> members) implements ClusterMessage {}

    static final class Roster extends EventSourcedBehavior<Add, Added, State> {
        Roster() {
            super(PersistenceId.of("Roster", "1"));
        }

        @Override
        public State emptyState() {
            return new State(List.of());
        }

        @Override
        public RetentionCriteria retentionCriteria() {
            return RetentionCriteria.snapshotEvery(3, 1);
        }

        @Override
        public CommandHandler<Add, Added, State> commandHandler() {
            return newCommandHandlerBuilder()
                    .forAnyState()
                    .onCommand(Add.class, add -> {
                        if (add.name() == null) {
                            return Effect().none().thenReply(add.replyTo(), state -> state);
                        }
                        return Effect()
                                .persist(new Added(add.name(), Instant.ofEpochSecond(1, 123_456_789)))
                                .thenReply(add.replyTo(), state -> state);
                    })
                    .build();
        }

        @Override
        public EventHandler<State, Added> eventHandler() {
            return newEventHandlerBuilder()
                    .forAnyState()
                    .onEvent(Added.class, (state, added) -> {
                        List<Added> members = new ArrayList<>(state.members());
                        members.add(added);
                        return new State(List.copyOf(members));
                    })
                    .build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecoverFromJournalAndSnapshots(TestDatabases.Kind kind) {
        recovers(kind.fresh());
    }

    @Test
    void shouldRecoverFromAFileThatAnotherPoolHasOpen(@TempDir Path folder) {
        recovers(TestDatabases.file(folder));
    }

    private static void recovers(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            // given
            assertThat(database.reachable()).isTrue();
            inASystem(settings, (roster, probe) -> {
                for (String name : List.of("Ada", "Ben", "Cho", "Dee")) {
                    roster.tell(new Add(name, probe.getRef()));
                    probe.receiveMessage(Duration.ofSeconds(20));
                }
            });

            // when
            inASystem(settings, (roster, probe) -> {
                roster.tell(new Add(null, probe.getRef()));

                // then
                assertThat(probe.receiveMessage(Duration.ofSeconds(20)).members())
                        .extracting(Added::name)
                        .containsExactly("Ada", "Ben", "Cho", "Dee");
                roster.tell(new Add("Eve", probe.getRef()));
                assertThat(probe.receiveMessage().members())
                        .last()
                        .isEqualTo(new Added("Eve", Instant.ofEpochSecond(1, 123_456_789)));
            });
        }
    }

    private interface Story {
        void tell(ActorRef<Add> roster, TestProbe<State> probe);
    }

    private static void inASystem(DatabaseSettings settings, Story story) {
        ActorTestKit kit = ActorTestKit.create(
                "persistence", Database.persistenceConfig(settings).withFallback(ConfigFactory.load()));
        try {
            story.tell(kit.spawn(new Roster()), kit.createTestProbe());
        } finally {
            kit.shutdownTestKit();
        }
    }
}
