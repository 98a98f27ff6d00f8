package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DroppedLinesTest {
    private final ActorTestKit kit = ActorTestKit.create(
            ManualTime.config().withFallback(ConfigFactory.parseString("akka.actor.provider = local")));
    private final ManualTime time = ManualTime.get(kit.system());

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldSayOncePerMinuteWhatWasLostInIt() {
        // given
        TestProbe<TraceEvent> said = kit.createTestProbe();
        AtomicLong dropped = new AtomicLong();
        kit.spawn(DroppedLines.create(
                dropped::get,
                NodeJournal.of(
                        "n",
                        Origin.CORE,
                        "host:server",
                        InstantSource.system(),
                        new TraceStore(10),
                        event -> said.ref().tell(event))));

        // when
        time.expectNoMessageFor(DroppedLines.EVERY, said);
        dropped.set(3);
        time.timePasses(DroppedLines.EVERY);
        TraceEvent first = said.receiveMessage();
        time.expectNoMessageFor(DroppedLines.EVERY, said);
        dropped.set(10);
        time.timePasses(DroppedLines.EVERY.plus(Duration.ofMillis(1)));

        // then
        assertThat(first.text()).startsWith("3 log lines were lost, 3 since the start");
        assertThat(first.severity()).isEqualTo(Severity.WARNING);
        assertThat(said.receiveMessage().text()).startsWith("7 log lines were lost, 10 since the start");
    }
}
