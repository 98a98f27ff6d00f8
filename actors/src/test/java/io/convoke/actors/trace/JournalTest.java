package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JournalTest {
    private final Times clock = new Times("2026-02-23T09:02:21.588Z");
    private final TraceStore store = new TraceStore(100);
    private final List<TraceEvent> streamed = new ArrayList<>();
    private final Journal journal = NodeJournal.of("core1", Origin.CORE, "host:server", clock, store, streamed::add);
    private final ListAppender<ILoggingEvent> console = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("host:server");

    @BeforeEach
    void listenToTheConsole() {
        console.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(console);
    }

    @AfterEach
    void leaveTheConsole() {
        logger.detachAppender(console);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void shouldWriteExactlyTheTextToTheConsoleUnderTheProgramsName() {
        // given
        String text = "guest login request 2: credential storage scheduled (queue length: 1)";

        // when
        journal.record("credentialStorageScheduled", Ids.none().withLoginRequest(2L), text);
        journal.record(Facility.USER, Severity.ERR, "host:server", "step", Ids.none(), "100% {} gone");

        // then
        assertThat(console.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(text, "100% {} gone");
        assertThat(console.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO, Level.ERROR);
    }

    @Test
    void shouldNotLetAccessLinesPushTracesOut() {
        // when
        journal.record(Facility.LOCAL7, Severity.INFO, "host:server", "httpRequest", Ids.none(), "GET /");

        // then
        assertThat(store.size()).isZero();
        assertThat(console.list).hasSize(1);
    }

    @Test
    void shouldKeepAndStreamTheEventWithItsIdentifiers() {
        // given
        UUID participant = UUID.randomUUID();
        Ids ids = Ids.none().withParticipant(participant).withUser("guest1").withCallNumber(11);

        // when
        journal.record("callAllocated", ids, "call 11: allocated");

        // then
        TraceEvent event = new TraceEvent(
                clock.instant(),
                1,
                "core1",
                Origin.CORE,
                Facility.USER,
                Severity.INFO,
                "host:server",
                "callAllocated",
                "call 11: allocated",
                ids);
        assertThat(streamed).containsExactly(event);
        assertThat(store.query(TraceQuery.ofParticipant(participant))).containsExactly(event);
    }

    @Test
    void shouldKeepTimesAscendingWhenTheClockIsSetBack() {
        // given
        journal.record("one", Ids.none(), "one");
        clock.advanceMillis(-5000);

        // when
        journal.record("two", Ids.none(), "two");

        // then
        assertThat(streamed.get(1).at()).isEqualTo(streamed.get(0).at());
        assertThat(streamed.get(1).sequence()).isEqualTo(2);
    }

    @Test
    void shouldKeepOneEventOneLineWhateverPeopleCallThemselves() {
        // when
        journal.record("step", Ids.none(), "Participant Tho\nFeb 23 core1\r\u0000\u2028mas");

        // then
        assertThat(streamed.get(0).text()).isEqualTo("Participant Tho Feb 23 core1   mas");
    }

    @Test
    void shouldShareStoreAndSequenceBetweenTheZonesOfOneProcess() {
        // given
        Journal edge = journal.writingAs(Origin.EDGE, "wb3_frontend");

        // when
        journal.record("one", Ids.none(), "one");
        edge.record("two", Ids.none(), "two");

        // then
        assertThat(streamed).extracting(TraceEvent::sequence).containsExactly(1L, 2L);
        assertThat(streamed).extracting(TraceEvent::origin).containsExactly(Origin.CORE, Origin.EDGE);
        assertThat(streamed.get(1).program()).isEqualTo("wb3_frontend");
    }

    @Test
    void shouldTakeInWhatAnEdgeSendsButNotItsOwnEventsAgain() {
        // given
        List<TraceEvent> heard = new ArrayList<>();
        Journal.Listening listening = journal.listen(heard::add);
        Ids ids = Ids.none().withUser("guest1");
        journal.record("own", ids, "own");
        TraceEvent own = streamed.get(0);
        TraceEvent foreign = new TraceEvent(
                clock.instant(),
                7,
                "edge1",
                Origin.EDGE,
                Facility.LOCAL0,
                Severity.INFO,
                "client_backend",
                "joinCall",
                "edge",
                ids);

        // when
        journal.append(own);
        journal.append(foreign);
        listening.close();
        journal.record("later", ids, "later");

        // then
        assertThat(store.query(TraceQuery.ofUser("guest1")))
                .extracting(TraceEvent::text)
                .containsExactly("own", "later", "edge");
        assertThat(heard).containsExactly(own);
        assertThat(console.list).extracting(ILoggingEvent::getFormattedMessage).doesNotContain("edge");
    }

    @Test
    void shouldTakeInAnEdgesEventsAsAnEdgesOnlyAndWhole() {
        // given
        Ids ids = Ids.none().withUser("guest1");
        String incomplete = null;

        // when
        for (String step : new String[] {incomplete, "joined"}) {
            journal.append(new TraceEvent(
                    clock.instant(),
                    7,
                    "edge1",
                    Origin.CORE,
                    Facility.USER,
                    Severity.INFO,
                    "host:server",
                    step,
                    "two\nlines",
                    ids));
        }

        // then
        assertThat(store.query(TraceQuery.ofUser("guest1"))).singleElement().satisfies(event -> {
            assertThat(event.origin()).isEqualTo(Origin.EDGE);
            assertThat(event.text()).isEqualTo("two lines");
        });
    }
}
