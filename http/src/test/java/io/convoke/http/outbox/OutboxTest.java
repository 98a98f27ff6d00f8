package io.convoke.http.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void shouldDeliverInOrderAndEnd() throws Exception {
        // given
        Outbox<String> outbox = new Outbox<>(KIT.system(), 10, 100, String::length);
        assertThat(List.of(outbox.offer("a"), outbox.offer("b"))).containsExactly(true, true);
        outbox.complete();
        // when
        List<String> items = outbox.source()
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        // then
        assertThat(items).containsExactly("a", "b");
    }

    @Test
    void shouldRefuseMoreBytesThanItsBound() {
        Outbox<String> outbox = new Outbox<>(KIT.system(), 1000, 100, String::length);
        assertThat(outbox.offer("x".repeat(60))).isTrue();
        assertThat(outbox.offer("x".repeat(60))).isFalse();
    }

    @Test
    void shouldRefuseMoreItemsThanItsBound() {
        Outbox<String> outbox = new Outbox<>(KIT.system(), 4, 1000, String::length);
        int taken = 0;
        while (taken < 100 && outbox.offer("x")) {
            taken++;
        }
        assertThat(taken).isBetween(4, 40);
    }

    @Test
    void shouldNotThrowOnceTheStreamIsGone() throws Exception {
        // given
        Outbox<String> outbox = new Outbox<>(KIT.system(), 4, 1000, String::length);
        outbox.offer("x");
        outbox.source().runWith(Sink.head(), KIT.system()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        // then
        outbox.complete();
        outbox.complete();
        outbox.fail(new IOException("late"));
        assertThat(outbox.offer("y")).isTrue();
    }
}
