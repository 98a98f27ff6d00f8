package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceStoreTest {
    private static final UUID P1 = new UUID(1, 1);
    private static final UUID P2 = new UUID(1, 2);
    private static final UUID CONFERENCE = new UUID(2, 1);
    private static final UUID MEDIA = new UUID(2, 2);
    private static final UUID CORRELATOR = new UUID(2, 3);
    private static final UUID SPACE = new UUID(3, 1);
    private static final UUID SESSION = new UUID(4, 1);

    private final Times clock = new Times("2026-02-23T09:02:21Z");
    private final TraceStore store = new TraceStore(1000);
    private final Journal core = NodeJournal.of("core1", Origin.CORE, "host:server", clock, store, event -> {});
    private final Journal edge = core.writingAs(Origin.EDGE, "client_backend");

    @Test
    void shouldForgetTheOldestWhenFull() {
        // given
        TraceStore small = new TraceStore(3);
        Journal journal = NodeJournal.of("n", Origin.CORE, "p", clock, small, event -> {});

        // when
        for (int i = 1; i <= 5; i++) {
            journal.record("step", Ids.none().withUser("guest1"), "line " + i);
        }

        // then
        assertThat(small.size()).isEqualTo(3);
        assertThat(small.query(TraceQuery.ofUser("guest1")))
                .extracting(TraceEvent::text)
                .containsExactly("line 3", "line 4", "line 5");
    }

    @Test
    void shouldTellAParticipantsWholeLifeFromAnyOneIdentifier() {
        // given
        twoJoinAndLeave();
        String[] life = {
            "join pressed",
            "login 1",
            "created guest1",
            "locked",
            "unlocked",
            "leg 1",
            "guest1 joined",
            "media 1",
            "leg 1 gone",
            "guest1 left"
        };

        // when, then
        assertThat(store.query(TraceQuery.ofParticipant(P1)))
                .extracting(TraceEvent::text)
                .containsExactly(life);
        assertThat(store.query(TraceQuery.ofUser("guest1")))
                .extracting(TraceEvent::text)
                .containsExactly(life);
    }

    @Test
    void shouldTellTheSecondParticipantTheConferencesEndButNotItsBeginning() {
        // given
        twoJoinAndLeave();

        // when, then
        assertThat(store.query(TraceQuery.ofParticipant(P2)))
                .extracting(TraceEvent::text)
                .containsExactly("login 2", "leg 2", "guest2 joined", "guest2 left", "destroyed");
    }

    @Test
    void shouldTellAConferenceWithEverybodyInItFromAnyOfItsIdentifiers() {
        // given
        twoJoinAndLeave();
        core.record("other", Ids.none().withUser("guest9").withParticipant(new UUID(1, 9)), "somebody elsewhere");

        // when, then
        for (UUID id : new UUID[] {CONFERENCE, MEDIA, CORRELATOR, SPACE}) {
            assertThat(store.query(TraceQuery.ofConference(id)))
                    .extracting(TraceEvent::text)
                    .hasSize(16)
                    .startsWith("join pressed", "login 1")
                    .endsWith("guest2 left", "destroyed", "much later")
                    .doesNotContain("somebody elsewhere");
        }
    }

    @Test
    void shouldTellNothingOfTheUnknown() {
        // given
        twoJoinAndLeave();

        // when, then
        assertThat(store.query(TraceQuery.ofParticipant(new UUID(9, 9)))).isEmpty();
        assertThat(store.query(new TraceQuery(null, null, null))).isEmpty();
    }

    private void twoJoinAndLeave() {
        Ids run = Ids.none().withConference(CONFERENCE);
        edge.record("join", Ids.none().withSession(SESSION), "join pressed");
        core.record("login", Ids.none().withLoginRequest(1L).withSession(SESSION), "login 1");
        core.record("created", Ids.none().withLoginRequest(1L).withUser("guest1"), "created guest1");
        core.record("locked", run.withCorrelator(CORRELATOR), "locked");
        core.record("unlocked", run.withMedia(MEDIA), "unlocked");
        core.record("leg", run.withUser("guest1").withParticipant(P1), "leg 1");
        core.record(
                "joined", Ids.none().withUser("guest1").withSpace(SPACE).withConference(CONFERENCE), "guest1 joined");
        core.record("media", Ids.none().withParticipant(P1), "media 1");
        clock.advanceMillis(60_000);
        core.record("login", Ids.none().withLoginRequest(2L), "login 2");
        core.record("leg", run.withLoginRequest(2L).withUser("guest2").withParticipant(P2), "leg 2");
        core.record("joined", Ids.none().withUser("guest2").withSpace(SPACE), "guest2 joined");
        clock.advanceMillis(60_000);
        core.record("legGone", Ids.none().withParticipant(P1), "leg 1 gone");
        core.record("left", Ids.none().withUser("guest1"), "guest1 left");
        clock.advanceMillis(60_000);
        core.record("left", Ids.none().withParticipant(P2), "guest2 left");
        clock.advanceMillis(3);
        core.record("destroyed", Ids.none().withMedia(MEDIA), "destroyed");
        clock.advanceMillis(60_000);
        core.record("later", run, "much later");
    }
}
