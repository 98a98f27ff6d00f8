package io.convoke.actors.xmpp.server;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.convoke.actors.Samples;
import io.convoke.actors.state.ClusterMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerWordsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<Class<?>> messages() {
        return Stream.of(StanzaPost.Command.class, XmppUser.Command.class, XmppUser.BindAnswer.class, Taken.class)
                .flatMap(type -> Samples.records(type).stream())
                .filter(ClusterMessage.class::isAssignableFrom);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldComeOutAtTheOtherNodeAsItWentIn(Class<?> type) {
        // given
        TestProbe<Object> probe = KIT.createTestProbe();

        // then
        KIT.serializationTestKit().verifySerialization(new Samples(1, probe.getRef()).of(type), true);
    }

    @Test
    void shouldSayWhoWantsInButNotWithWhat() {
        assertThat(ClaimedName.of("PLAIN", bytes("\0alice\0secret"))).isEqualTo("\"alice\"");
        assertThat(ClaimedName.of("SCRAM-SHA-1", bytes("n,a=x,n=al\"ice,r=1"))).isEqualTo("\"al'ice\"");
        assertThat(ClaimedName.of("SCRAM-SHA-1", bytes("rubbish"))).isEqualTo("somebody");
        assertThat(ClaimedName.of("ANONYMOUS", bytes("Ada"))).isEqualTo("a guest");
        assertThat(ClaimedName.of("PLAIN", bytes("\0" + "x".repeat(100) + "\0secret")))
                .hasSize(63);
    }

    @Test
    void shouldChooseTheLeastLoadedCallbridge() {
        // given
        ComponentPlace busy = place("a", 0, 90);
        ComponentPlace logins = place("b", 40, 10);
        ComponentPlace idle = place("c", 0, 20);

        // then
        assertThat(LoginChoice.leastLoaded(List.of(busy, logins, idle), place -> 0))
                .contains(idle);
        assertThat(LoginChoice.leastLoaded(List.of(busy, logins, idle), place -> place.equals(idle) ? 60 : 0))
                .contains(logins);
        assertThat(LoginChoice.leastLoaded(List.of(), place -> 0)).isEmpty();
    }

    private static ComponentPlace place(String name, int logins, int legs) {
        return new ComponentPlace(new ComponentOffer(name, 1, true, logins, legs, 100), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
